import pytest

from slf.access.sql import changed, without_trigger

ONE = "where family_id = asked"


def test_a_function_is_varied_in_the_places_that_are_named():
    assert (
        changed(f"{ONE} or {ONE}", ("= asked", "= any (both)"))
        == "where family_id = any (both) or where family_id = any (both)"
    )


@pytest.mark.parametrize("text", ["where family_id=asked", ""])
def test_a_place_that_is_not_there_any_more_is_an_error(text):
    with pytest.raises(ValueError, match=ONE):
        changed(text, (ONE, "where true"))


def test_a_function_stands_without_its_trigger():
    assert without_trigger("create function a; create trigger b") == "create function a; "
    with pytest.raises(ValueError, match="a"):
        without_trigger("create function a;")
