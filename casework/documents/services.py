"""Keeping a document with a family, adding a version, and saying that it was entered in error."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction

from casework.assessments.models import Assessment
from casework.documents import rules
from casework.documents.choosing import own_parts, talked_over
from casework.documents.models import Document, DocumentMistake, DocumentVersion
from casework.documents.rules import KINDS, About, WrongDocument
from casework.meetings.models import Meeting
from casework.plans.models import Plan
from casework.safeguarding.models import Concern
from casework.stars.models import Reading
from casework.supervision.models import Supervision, SupervisionPart
from casework.visits.models import Visit
from families.people.models import Family, Person
from families.people.services import lock_family
from slf.access.rules import SHORTEST_REASON, Can, RecordClass
from slf.accounts.models import User
from slf.files.rules import WrongFile
from slf.files.services import Taken, keep, take
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou


@dataclass(frozen=True)
class Told:
    """What is said of a document. At most one of the last eight."""

    kind: str
    title: str
    dated_on: date
    source: str = ""
    person: Person | None = None
    visit: Visit | None = None
    plan: Plan | None = None
    assessment: Assessment | None = None
    concern: Concern | None = None
    meeting: Meeting | None = None
    reading: Reading | None = None
    supervision: Supervision | None = None
    own_part: SupervisionPart | None = None

    @property
    def about(self) -> dict[str, Any]:
        return {about.value: getattr(self, about) for about in About}


@transaction.atomic
def keep_document(family: Family, told: Told, *, file: BinaryIO, name: str, by: User, on: date) -> Document:
    """Keep a document and its first version. The same file said of the same thing again is the same document."""
    rules.check_told(kind=told.kind, title=told.title, dated_on=told.dated_on, kinds=value_of(KINDS), on=on)
    _check_ours(family, told, by=by)
    taken = _take(file, name=name, by=by)
    family = _hold(family, by=by)
    if (there := _same(family, told, taken, by=by)) is not None:
        return there
    document = Document(
        family=family, kind=told.kind, title=told.title.strip(), dated_on=told.dated_on, source=told.source.strip(),
        person=told.person, kept_by=by, kept_on=on, **told.about,
    )  # fmt: skip
    document.save()
    _add(document, taken, number=1, why="", by=by, on=on)
    return document


@transaction.atomic
def add_version(document: Document, *, file: BinaryIO, name: str, why: str, by: User, on: date) -> DocumentVersion:
    """Keep a new version beside those before. The file of the newest one again is that version."""
    if not why.strip():
        raise WrongDocument(rules.NO_WHY, field="why")
    taken = _take(file, name=name, by=by)
    document = _wait_for(document, by=by)
    versions = DocumentVersion.objects.visible_to(by).filter(document=document)
    same: DocumentVersion | None = versions.filter(digest=taken.digest).first()
    if same is not None:
        if same.number == versions.count():
            return same
        raise WrongDocument(rules.SAME_FILE, field="file")
    return _add(document, taken, number=versions.count() + 1, why=why.strip(), by=by, on=on)


@transaction.atomic
def say_mistake(document: Document, *, because: str, by: User, on: date) -> DocumentMistake:
    """Say that a document was entered in error: it is masked from then on, and stays. The same again is the same."""
    if len(because.strip()) < SHORTEST_REASON:
        raise WrongDocument(f"Give a reason of at least {SHORTEST_REASON} letters.", field="because")
    document = _wait_for(document, by=by, also_mistaken=True)
    said: DocumentMistake | None = DocumentMistake.objects.visible_to(by).filter(document=document).first()
    if said is None:
        return DocumentMistake.objects.create(
            family_id=document.family_id, document=document, because=because.strip(), said_by=by, said_on=on
        )
    if said.said_by_id != by.pk:
        raise Conflict(rules.OTHER_REASON)
    return said


def _take(file: BinaryIO, *, name: str, by: User) -> Taken:
    try:
        return take(file, name=name, what="Document of a family", by=by, named=True)
    except WrongFile as refused:
        raise WrongDocument(refused.message, field="file") from refused


def _hold(family: Family, *, by: User) -> Family:
    family = lock_family(family)
    rows = Family.objects.open_to(by, can=Can.WORK_FAMILY, record_class=RecordClass.SAFEGUARDING)
    if not rows.filter(pk=family.pk).exists():
        raise NotForYou(rules.NOT_YOURS)
    return family


def _wait_for(document: Document, *, by: User, also_mistaken: bool = False) -> Document:
    """Wait for whoever changes the same family, and return the document as it is then."""
    _hold(document.family, by=by)
    now: Document = Document.objects.visible_to(by, can=Can.WORK_FAMILY).for_page().get(pk=document.pk)
    if now.is_mistaken and not also_mistaken:
        raise NotAllowed(rules.IN_ERROR)
    return now


def _check_ours(family: Family, told: Told, *, by: User) -> None:
    """Refuse what belongs to another family. PostgreSQL refuses it too (``sql.py``)."""
    families = [family.pk, *Family.objects.filter(merged_into=family).values_list("pk", flat=True)]
    rows = (
        ("visit", Visit.objects.visible_to(by)), ("plan", Plan.objects.visible_to(by)),
        ("assessment", Assessment.objects.visible_to(by)), ("concern", Concern.objects.visible_to(by)),
        ("meeting", Meeting.objects.visible_to(by)), ("reading", Reading.objects.visible_to(by)),
    )  # fmt: skip
    theirs: list[tuple[str, Any]] = [(name, visible.filter(family__in=families)) for name, visible in rows]
    theirs += [("supervision", talked_over(families, by=by)), ("own_part", own_parts(families, by=by))]
    for name, visible in theirs:
        about: Any = getattr(told, name)
        if about is not None and not visible.filter(pk=about.pk).exists():
            raise WrongDocument("Choose something of this family.", field="about")


def _same(family: Family, told: Told, taken: Taken, *, by: User) -> Document | None:
    """Return the document that has this file already, if it was said of the same; another title is refused."""
    versions = DocumentVersion.objects.visible_to(by).filter(document__family=family, digest=taken.digest)
    row = versions.filter(document__mistake=None).select_related("document").first()
    if row is None:
        return None
    there: Document = row.document
    same_about = there.about == next(filter(None, told.about.values()), None)
    if (there.title, there.kind) != (told.title.strip(), told.kind) or not same_about:
        raise WrongDocument(rules.KEPT_ALREADY.format(title=there.title), field="file")
    return there


def _add(document: Document, taken: Taken, *, number: int, why: str, by: User, on: date) -> DocumentVersion:
    version = DocumentVersion(
        family_id=document.family_id, document=document, number=number, why=why, added_by=by, added_on=on, **taken.row
    )
    keep(version.content, taken)
    version.save()
    return version
