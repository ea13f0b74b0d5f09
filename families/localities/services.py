"""Where a postcode is, and loading the directory that says so."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.db import connection, connections, transaction
from django.utils import timezone

from families.localities import sql
from families.localities.directory import BadDirectory, write_lines
from families.localities.models import Belonging, PostcodeDirectory, PostcodeDistrict
from families.localities.rules import ONS_DISTRICTS, How, may_be_here
from slf.access.models import Locality
from slf.accounts.models import User
from slf.web.words import day_in_words


class Household(Protocol):
    """A family, as this area knows it."""

    pk: int


DEMONSTRATION = "Made for the demonstration, not the ONS directory"


@dataclass(frozen=True)
class Found:
    """Where a postcode is: in a locality, outside the county, or not known."""

    locality: Locality | None
    outside: bool
    how: How

    @property
    def is_known(self) -> bool:
        return self.locality is not None or self.outside


def find_place(postcode: str) -> Found:
    """Return where a postcode is: by itself, else by its district, else that it is not known."""
    with connection.cursor() as cursor:
        cursor.execute("select locality, outside, how from slf.place_of_postcode(%s)", [postcode])
        locality, outside, how = cursor.fetchone()
    if locality is None and not outside and not may_be_here(postcode):
        return Found(None, outside=True, how=How.LETTERS)
    return Found(Locality.objects.filter(pk=locality).first(), outside=outside, how=How(how))


def source_in_words() -> str:
    """Return by what postcodes are found now, as a page says it."""
    if (loaded := PostcodeDirectory.objects.first()) is not None:
        return f"ONS postcode directory, {loaded.name}, loaded on {day_in_words(timezone.localdate(loaded.loaded_at))}"
    return f"Table of postcode districts: {DEMONSTRATION[0].lower()}{DEMONSTRATION[1:]}"


def load_directory(file: Path) -> PostcodeDirectory:
    """Make the table of postcodes say what a file says, or nothing at all. A second time changes nothing."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as given, transaction.atomic(using="owner"):
        write_lines(file, given)
        given.seek(0)
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql.STAGE)
            cursor.copy_expert(sql.COPY, given)
            cursor.execute(sql.TWICE)
            if twice := [code for (code,) in cursor.fetchall()]:
                raise BadDirectory([f"{', '.join(twice)} stand in the file more than once."])
            cursor.execute(sql.REPLACE, [list(ONS_DISTRICTS), list(ONS_DISTRICTS.values())])
            cursor.execute(sql.DROP_OTHERS)
            cursor.execute(sql.COUNT)
            postcodes, in_county = cursor.fetchone()
            if not in_county:
                raise BadDirectory(["No postcode of the file is in Leicestershire."])
            PostcodeDistrict.objects.using("owner").all().delete()
            cursor.execute(sql.DISTRICTS, [f"ONS postcode directory, {file.name}"])
        return PostcodeDirectory.objects.using("owner").create(
            name=file.name[:200], postcodes=postcodes, in_county=in_county
        )


def family_locality_on(family: Household, day: date, *, by: User) -> Locality | None:
    """Return the locality a family was with on a day, as far as ``by`` may see the family."""
    held = Belonging.objects.visible_to(by).at(day).filter(family__pk=family.pk).select_related("locality").first()
    return held.locality if held else None
