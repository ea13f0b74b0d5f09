"""The constraint that a table keeps no impossible number."""

from django.db.models import BooleanField, CheckConstraint, F, Func, Q

from families.identifiers.rules import Kind


def possible(kind: Kind, *, table: str) -> CheckConstraint:
    """Return the constraint that a number is left out or can be one."""
    is_one = Func(F(kind.field), function=f"slf.is_{kind.field}", output_field=BooleanField())
    left_out = Q(**{kind.field: ""}) | Q(**{f"{kind.field}__isnull": True})
    return CheckConstraint(name=f"{table}_{kind.field}_possible", condition=left_out | Q(is_one))
