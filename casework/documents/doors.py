"""Finding the documents of a family, one of them, or a version, for whoever may."""

from typing import Any
from uuid import UUID

from casework.documents.models import Document, DocumentVersion
from families.people.models import Family
from slf.access.doors import get_or_refuse
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.files.services import held_among


def open_families(user: User) -> Any:
    return Family.objects.open_to(user, record_class=RecordClass.SAFEGUARDING)


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    rows = open_families(user).select_related("scope__locality")
    family: Family = get_or_refuse(rows, user, can=can, uid=uid)
    return family


def document_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Document:
    rows = Document.objects.for_page().filter(family__in=open_families(user))
    found: Document = get_or_refuse(rows, user, can=can, uid=uid)
    return found


def version_or_refuse(user: User, uid: UUID) -> DocumentVersion:
    rows = DocumentVersion.objects.select_related("family", "document__mistake").filter(family__in=open_families(user))
    found: DocumentVersion = get_or_refuse(rows, user, uid=uid)
    return found


def documents_of(family: Family, *, user: User) -> list[Document]:
    return list(Document.objects.visible_to(user).filter(family=family).for_page())


def may_add(family: Family, user: User) -> bool:
    """Tell whether the buttons are shown: only a look at a record shows none."""
    return rights_of(user).opens(
        RecordClass.SAFEGUARDING, scope_id=family.scope_id, family_id=family.pk, can=Can.WORK_FAMILY
    )


def held_of(documents: list[Document]) -> dict[str, str]:
    """Return which files of some documents the scanner has not looked at."""
    return held_among([version.content.name for document in documents for version in document.all_versions])
