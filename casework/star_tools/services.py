"""Taking a star into use: a licensed one, one for young people, or new words of one that is there."""

from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from casework.stars import rules
from casework.stars.models import StarTool
from casework.stars.reference import load_tool
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict, DomainError

FROM_TODAY = "A star comes into use today or later: readings of days before were taken with another one."
NOT_IN_USE = "The star whose place it takes is not in use."


def next_version(tool: rules.Tool) -> rules.Tool:
    """Return the tool as the version that follows what is there under its name."""
    last = StarTool.objects.filter(code=tool.code).order_by("-version").values_list("version", flat=True).first()
    return replace(tool, version=(last or 0) + 1)


@transaction.atomic
def take_into_use(
    tool: rules.Tool, *, starts_on: date, source: str, by: User, licence: str = "", instead_of: str = ""
) -> StarTool:
    """Take a star into use from a day on. Readings that were taken before keep the star they were taken with."""
    if starts_on < today():
        raise DomainError(FROM_TODAY)
    if instead_of and instead_of not in {there.code for there in StarTool.objects.each_in_use(on=starts_on)}:
        raise DomainError(NOT_IN_USE)
    if (same := unchanged(tool)) is not None:
        message = f"{same.name} is there in these very words, as version {same.version}. Nothing was changed."
        raise Conflict(message)
    place = "" if instead_of == tool.code else instead_of
    try:
        with transaction.atomic():
            return load_tool(
                next_version(tool), starts_on=starts_on, source=source, licence=licence, instead_of=place, loaded_by=by
            )
    except IntegrityError as refused:
        message = "Somebody else has just taken a star of this name into use. Look at the list before you go on."
        raise Conflict(message) from refused


def unchanged(tool: rules.Tool) -> StarTool | None:
    """Return the latest version under this name, if it says the same."""
    last = StarTool.objects.with_wording().filter(code=tool.code).order_by("-version").first()
    return last if last is not None and replace(tool, version=last.version) == last.as_rules() else None
