"""Operations that share their states: never what would make the same thing twice."""

from django.db import models
from django.db.migrations import AddField, AlterField, CreateModel, RunPython

from slf.access.policies import RunFunctions
from slf.migrating import CreateTables, stretches


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True))])


def field(name: str, operation=AddField):
    return operation(name, "word", models.TextField())


class TestStretches:
    def test_put_together_what_adds_to_tables_that_are_there(self):
        operations = [table("New"), field("There"), RunFunctions("select 1", "select 1"), field("Other")]
        assert list(stretches(operations)) == [operations]

    def test_begin_anew_where_something_is_added_to_a_table_made_in_the_same_one(self):
        made, both, added, later = (
            table("New"),
            CreateTables([table("Two"), table("Three")]),
            field("Three"),
            field("New"),
        )
        assert list(stretches([made, both, added, later])) == [[made, both], [added, later]]

    def test_leave_alone_what_may_read_or_change_rows_as_they_were(self):
        first, alone, changed, last = field("There"), RunPython(lambda *_: None), field("There", AlterField), field("A")
        assert list(stretches([first, alone, changed, last])) == [[first], [alone], [changed], [last]]
