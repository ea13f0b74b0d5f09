"""What migrations do: many tables made by one operation, many operations with the models rendered once."""

from collections.abc import Iterable, Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RemoveConstraint
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from slf.access.policies import Protect, RunFunctions


class CreateTables(Operation):
    """Tables that name one another, in any order, made at once.

    Django renders every model that hangs together anew after each ``CreateModel``: a minute for a hundred of them. Here
    the models are rendered once, when all are known.
    """

    category = OperationCategory.ADDITION

    def __init__(self, tables: list[CreateModel]) -> None:
        self.tables = tables

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    """A migration that renders the models once for as many operations as can share it.

    Django renders every model that hangs together anew after each operation: half a second, several hundred times. Here
    consecutive operations are first all said to the state, then all done in the database, in their order. What is done
    is the same: an operation that would see more than it may begins a new stretch (``stretches``).
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002
    ) -> ProjectState:
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        for stretch in stretches(self.operations):
            before = project_state.clone()
            project_state.__dict__.pop("apps", None)
            for operation in stretch:
                operation.state_forwards(self.app_label, project_state)
            for operation in stretch:
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state


ADDS = (AddField, AddConstraint, AddIndex)
"""What a table that is made afterwards would have already."""


def stretches(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    """Yield operations that may be done with one state before and one after them.

    A table is made as the state after them says, so what is added to it belongs to a later stretch. Only what changes
    no rows and reads no model of the state in between is put together; anything else stands alone.
    """
    stretch: list[Operation] = []
    made: set[str] = set()
    for operation in operations:
        alone = not is_shared(operation)
        if stretch and (alone or (isinstance(operation, ADDS) and operation.model_name_lower in made)):
            yield stretch
            stretch, made = [], set()
        stretch.append(operation)
        made |= {table.name_lower for table in tables_of(operation)}
        if alone:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def tables_of(operation: Operation) -> list[CreateModel]:
    if isinstance(operation, CreateTables):
        return operation.tables
    return [operation] if isinstance(operation, CreateModel) else []


def is_shared(operation: Operation) -> bool:
    """Tell whether an operation may share its states: it adds, or it is SQL that asks the state for a table's name."""
    return isinstance(
        operation,
        (CreateModel, *ADDS, RemoveConstraint, AddTrigger, RemoveTrigger, CreateTables, Protect, RunFunctions),
    )
