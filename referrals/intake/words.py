"""A referral as a person reads it: where it is checked, on the receipt that is kept, in triage. No Django here."""

from dataclasses import dataclass
from datetime import date

from families.needs.rules import NEEDS
from families.people.rules import age_on
from referrals.intake.rules import AGREEMENTS, GIVEN, PARTS, Answers, PersonAnswer, Section
from slf.web.words import day_in_words, moment_in_words


@dataclass(frozen=True)
class Words:
    """One page of a referral as a person reads it. A receipt keeps these words: ``{section, title, rows}`` in JSON."""

    section: Section
    title: str
    rows: tuple[tuple[str, str], ...]


def in_words(answers: Answers, *, on: date) -> list[Words]:
    """Return the whole referral in words, as it is checked, kept by the referrer and read in triage."""
    rows = {
        Section.DANGER: _danger_in_words(answers),
        Section.PEOPLE: [(p.name or "No name yet", _person_in_words(p, on=on)) for p in answers.people],
        Section.HOME: [
            ("Address", answers.address),
            ("Postcode", ", ".join(filter(None, (answers.postcode, answers.district)))),
            ("Telephone", answers.phone),
            ("Safe to get in touch", answers.safe_contact),
        ],
        Section.NEEDS: [*((NEEDS[kind], evidence) for kind, evidence in answers.needs.items()), _whole(answers)],
        Section.AGREEMENT: _agreement_in_words(answers),
    }
    return [Words(section, section.heading, tuple(rows[section])) for section in Section]


def _danger_in_words(answers: Answers) -> list[tuple[str, str]]:
    said = {None: "", True: "Yes", False: "No"}[answers.in_danger]
    if (told := answers.told_to_ring_at) is None:
        return [("Anyone in danger now", said)]
    first = [("Answered first", f"Yes; told to ring on {moment_in_words(told)}")] if answers.took_danger_back else []
    return [("Anyone in danger now", said), *first, ("Who was told by telephone", answers.spoke_to)]


RESPONSIBLE = {None: "", True: "has parental responsibility", False: "no parental responsibility"}


def _person_in_words(person: PersonAnswer, *, on: date) -> str:
    facts = [PARTS.get(person.part, ""), birth_in_words(person.born_on, estimated=person.born_estimated, on=on)]
    facts += [RESPONSIBLE[person.responsible], person.school, f"UPN {person.upn}" if person.upn else ""]
    return ", ".join(filter(None, [*facts, f"NI number {person.ni_number}" if person.ni_number else ""]))


def birth_in_words(born_on: date | None, *, estimated: bool, on: date) -> str:
    if born_on is None:
        return ""
    age = age_on(born_on, on)
    return f"about {age}" if estimated else f"{age}, born {day_in_words(born_on)}"


def _whole(answers: Answers) -> tuple[str, str]:
    said = {None: "", True: "Yes", False: "No"}[answers.whole_family]
    return "Work with the whole family would help", ": ".join(filter(None, (said, answers.whole_family_why)))


def _agreement_in_words(answers: Answers) -> list[tuple[str, str]]:
    knows = {None: "", True: "Yes", False: "No"}[answers.family_knows]
    agrees = AGREEMENTS.get(answers.agreement, "")
    if answers.agreement == GIVEN:
        on = f" on {day_in_words(answers.agreed_on)}" if answers.agreed_on else ""
        agrees = f"Yes: {answers.agreed_by or 'somebody'} agreed{on}"
    if answers.refused_words:
        agrees = f"{agrees}: {answers.refused_words.lower()}"
    return [("Family knows about this referral", knows), ("Family agrees", agrees)]
