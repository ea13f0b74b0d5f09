"""The scope lint finds what it is for, wherever a door leads."""

import pytest

from tests import lint_doors


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Return ``found(line) -> findings`` in a door of one function."""
    monkeypatch.setattr(lint_doors, "ROOT", tmp_path)

    def make(line: str) -> list[str]:
        (tmp_path / "views.py").write_text(f"def page(request, model):\n    rows = {line}\n    return rows\n")
        return list(lint_doors.findings(tmp_path / "views.py", {"Locality"}))

    return make


class TestTheScopeLint:
    @pytest.mark.parametrize(
        "line",
        ["Visit.objects.all()", "Visit.objects.filter(pk=1).count()", "model.objects.first()",
         "Visit._default_manager.all()", "Q(pk__in=Allocation.objects.current(on=on).values('family'))"],
    )  # fmt: skip
    def test_flags_rows_asked_for_nobody(self, found, line):
        assert len(found(line)) == 1

    @pytest.mark.parametrize(
        "line",
        ["Visit.objects.visible_to(request.user).filter(pk=1)", "Visit.objects.none()", "Locality.objects.all()",
         "get_or_refuse(Visit.objects.for_list(), request.user)", "Visit.objects.all()  # not a door: a count for ops"],
    )  # fmt: skip
    def test_lets_through_what_starts_where_it_should(self, found, line):
        assert found(line) == []

    def test_follows_a_door_into_the_modules_it_leads_to(self):
        walked = {str(path.relative_to(lint_doors.ROOT)) for path in lint_doors.doors()}
        assert {"casework/glance/sight.py", "casework/chronology/sources.py", "performance/outcomes/figures.py",
                "performance/home/front_door.py", "referrals/triage/likeness.py"} <= walked  # fmt: skip
        assert not [name for name in walked if name.endswith(("models.py", "services.py", "rules.py"))]
