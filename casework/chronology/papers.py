"""The chronology of documents: each on the date that is on it, to those who read the document."""

from collections.abc import Iterator

from django.db.models import Count

from casework.chronology.around import asks
from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.documents.models import Document
from families.people.models import Family
from slf.accounts.models import User
from slf.web.words import day_in_words


def documents(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell of each document; of one that was entered in error only that there was one."""
    if not asks(family, "has_documents"):
        return
    rows = Document.objects.visible_to(user).filter(family=family)
    rows = rows.select_related("person__merged_into", "kept_by", "mistake").annotate(how_many=Count("versions"))
    for row in newest(rows, most, "dated_on"):
        said = {"by": str(row.kept_by), "href": row.get_absolute_url(), "mark": f"document:{row.uid}"}
        if not row.is_mistaken:
            said |= {"detail": tuple(lines_of(row))}
            said |= {"people": frozenset([row.person.shown.uid] if row.person else [])}
        yield Entry(row.dated_on, Kind.DOCUMENT, Step.DOCUMENT, str(row), **said)


def lines_of(row: Document) -> Iterator[str]:
    yield row.kind_name
    if row.source:
        yield f"From {row.source}"
    if row.person:
        yield f"About {row.person}"
    if row.kept_on != row.dated_on:
        yield f"Kept on {day_in_words(row.kept_on)}"
    if row.how_many > 1:
        yield f"{row.how_many} versions"
