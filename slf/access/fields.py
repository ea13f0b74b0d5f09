"""The column that says of which family a row is. Asked for a family, it finds the rows of all that are one with it.

Families known twice are made one by a pointer (``families.merging``): every row keeps the family it was written in, and
every question "of this family" is answered by the rows of both. Two columns compared with each other are compared as
they are, unless it is asked with ``family__one_with``; ``family__pk`` asks for rows as they were written.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn

OF_ONE = "{} = any ((select slf.entries_of(%s::bigint[]))::bigint[])"
OF_ALL = "{} = any ((select slf.one_with({}))::bigint[])"
Sql = tuple[str, Any]


class FamilyField(models.ForeignKey[Any, Any]):
    """Names the family of a row of its record."""

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


@FamilyField.register_lookup
class OfFamily(RelatedExact):
    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        if hasattr(self.rhs, "as_sql"):
            return super().as_sql(compiler, connection)
        column, params = self.process_lhs(compiler, connection)
        return OF_ONE.format(column), [*params, [self.rhs]]


@FamilyField.register_lookup
class OfFamilies(RelatedIn):
    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        if hasattr(self.rhs, "as_sql"):
            return super().as_sql(compiler, connection)
        families = sorted({family for family in self.rhs if family is not None})
        if not families:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return OF_ONE.format(column), [*params, families]


@FamilyField.register_lookup
class OneWith(RelatedExact):
    """The rows of whatever family is one with that of another row, be it the one that stands or not."""

    lookup_name = "one_with"

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        (column, params), (other, others) = (
            self.process_lhs(compiler, connection), self.process_rhs(compiler, connection),
        )  # fmt: skip
        return OF_ALL.format(column, other), [*params, *others]
