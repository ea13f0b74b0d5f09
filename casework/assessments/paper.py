"""An assessment on paper: for the file in full, or for one member without what must not be disclosed to them."""

from collections.abc import Sequence, Set
from typing import Any

from casework.assessments import rules
from casework.assessments.models import Assessment, KeptFrom
from casework.assessments.page import Part, Said, parts_of
from casework.assessments.rules import State
from casework.provenance.models import needs_kept_from
from families.needs.models import Need
from families.people.models import Membership
from families.people.rules import LIVES_THERE
from slf.accounts.models import User
from slf.web.words import day_in_words

Kept = Set[tuple[str, str]]


def readers_of(assessment: Assessment, members: Sequence[Membership]) -> dict[str, Membership]:
    """Return for whom it can be printed: who lives there, once a senior has signed it off."""
    if assessment.state != State.SIGNED:
        return {}
    return {str(member.person.uid): member for member in members if member.part in LIVES_THERE}


def paper(
    assessment: Assessment,
    before: Assessment | None,
    members: Sequence[Membership],
    *,
    reader: Membership | None,
    kept: Kept = frozenset(),
    needs_kept: Set[str] = frozenset(),
) -> dict[str, Any]:
    """Return the data of ``assessment.typ``. ``reader``: nobody, for the file. ``kept``: what ``kept_since`` found;
    ``needs_kept``: kinds of needs that are marked in the record as not for this reader.

    A print for somebody of the family has what is said of the family, of themselves and, if they are an adult, of the
    children; not the other adults' own parts, not what must not be disclosed to them, and not who told what.
    """
    parts = parts_of(assessment, before, members)
    if reader is not None:
        parts = [part for part in parts if is_for(part, reader)]
    return {
        "title": f"{assessment.tool.name}: {assessment.family.name}",
        "reference": assessment.family.reference,
        "kind": assessment.kind_name,
        "number": assessment.number,
        "state": rules.STATE_NAMES[State(assessment.state)],
        "is_review": before is not None,
        "then": day_in_words(before.finished_on) if before and before.finished_on else "",
        "day": day_in_words(assessment.finished_on or assessment.started_on),
        "reader": reader.name if reader else "",
        "finished_by": str(assessment.finished_by or ""),
        "signed": f"{assessment.signed_by}, {day_in_words(assessment.signed_on)}" if assessment.signed_on else "",
        "parts": [section for part in parts if (section := on_paper(part, reader, kept, needs_kept))["said"]],
    }


def kept_since(assessment: Assessment, reader: Membership, *, by: User) -> Kept:
    """Return ``(whom it is about, question)`` of what a later assessment says must not be disclosed to somebody."""
    rows = KeptFrom.objects.visible_to(by).filter(family=assessment.family, person__in=reader.person.rows())
    rows = rows.filter(answer__assessment__pk__gt=assessment.pk).exclude(answer__assessment__state=State.DROPPED)
    answers = [row.answer for row in rows.select_related("answer__question", "answer__person__merged_into")]
    return frozenset((answer.subject, answer.question.code) for answer in answers)


def needs_kept_since(assessment: Assessment, reader: Membership, *, by: User) -> Set[str]:
    """Return the kinds of needs of the family of which somebody must not learn, by the marks of the record."""
    kept = needs_kept_from(assessment.family, [reader.person], user=by)
    rows = Need.objects.visible_to(by).filter(family=assessment.family, uid__in=kept)
    return frozenset(rows.values_list("kind", flat=True)) if kept else frozenset()


def is_for(part: Part, reader: Membership) -> bool:
    return rules.sections_for(
        str(reader.person.uid), part.page.subject,
        reader_is_child=reader.part in rules.CHILDREN, subject_is_child=bool(part.page.is_child),
    )  # fmt: skip


def on_paper(part: Part, reader: Membership | None, kept: Kept, needs_kept: Set[str]) -> dict[str, Any]:
    asked = [said for said in part.said if (part.page.subject, said.question.code) not in kept]
    lines = (line_for(said, reader, needs_kept) for said in asked)
    return {"title": part.page.title, "said": [line for line in lines if line]}


def line_for(said: Said, reader: Membership | None, needs_kept: Set[str]) -> dict[str, Any] | None:
    """Return one question on paper; nothing where none of its answers is for this reader."""
    then, now = said.then, said.now
    if reader is not None:
        readers = [str(reader.person.uid)]
        if said.line.now.kept_from & set(readers):
            return None  # what was said before is mostly the same
        then = then if rules.printed_for(said.line.then, readers=readers) else []
        if said.is_list:
            hidden = {said.question.label(kind) for kind in needs_kept}
            then, now = [[one for one in ones if one not in hidden] for ones in (then, now)]
    if not then and not now:
        return None
    marks = said.marks if reader is None else ""
    return {"asked": said.question.words, "then": "; ".join(then), "now": "; ".join(now), "marks": marks}
