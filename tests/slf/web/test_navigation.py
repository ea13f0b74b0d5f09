"""Who is offered which page."""

import pytest

from slf.access.rules import Can, Rights, Role
from slf.web import navigation
from slf.web.context import nearest
from slf.web.navigation import Item


def rights(*roles):
    return Rights(frozenset((role, 1) for role in roles))


class TestAnEntry:
    @pytest.mark.parametrize(
        ("needs", "role", "offered"),
        [
            pytest.param((), Role.BOARD, True, id="for everyone"),
            pytest.param((Can.TRIAGE,), Role.SENIOR, True, id="the act is part of the post"),
            pytest.param((Can.TRIAGE,), Role.FSW, False, id="the act is not part of the post"),
            pytest.param((Role.AUDITOR,), Role.AUDITOR, True, id="the role itself"),
            pytest.param((Role.AUDITOR,), Role.HEAD, False, id="another role"),
            pytest.param((Can.AUDIT_CLAIM, Can.SIGN_CLAIM), Role.HEAD, True, id="any one of several"),
        ],
    )
    def test_is_offered_to_those_whose_job_it_is(self, needs, role, offered):
        assert Item("x", "x", needs).is_for(rights(role)) is offered

    def test_comes_in_its_order(self):
        items = {name: Item(name, name, order=order) for name, order in (("b", 2), ("c", 1), ("a", 2))}
        assert [item.label for item in navigation.items_for(rights(), items)] == ["c", "a", "b"]

    def test_is_replaced_when_added_again(self, monkeypatch):
        monkeypatch.setattr(navigation, "ITEMS", {})
        navigation.add("Families", "families:list", needs=Can.READ)
        navigation.add("My families", "families:list", needs=[Can.READ, Role.BOARD])
        assert list(navigation.ITEMS.values()) == [Item("My families", "families:list", (Can.READ, Role.BOARD))]


class TestWhereOneIs:
    @pytest.mark.parametrize(
        ("path", "here"),
        [
            ("/", "/"),
            ("/families/", "/families/"),
            ("/families/12/visits/", "/families/"),
            ("/families/new/x/", "/families/new/"),
            ("/performance/", None),
        ],
    )
    def test_is_the_nearest_entry_above(self, path, here):
        entries = [("/", ()), ("/families/", ("/families/",)), ("/families/new/", ("/families/new/",))]
        assert nearest(path, entries) == here

    @pytest.mark.parametrize(
        "path", ["/families/12/", "/casework/families/12/visits/", "/casework/plans/goals/3/", "/access/12/looked/"]
    )
    def test_is_among_families_on_every_page_of_one(self, path):
        asked = (navigation.ITEMS[name] for name in ("casework:my_families", "families:list"))
        entries = [(href, item.over) for href, item in zip(("/casework/families/", "/families/"), asked, strict=True)]
        assert nearest(path, entries) == "/families/"
        assert nearest("/casework/families/", entries) == "/casework/families/"
