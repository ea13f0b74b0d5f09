"""What is known of the made-up people beside name and birth."""

import random
from collections.abc import Iterator
from datetime import date

from families.about.models import AboutAnswer
from families.flags.models import Flag
from families.names.models import PersonName
from families.names.rules import NameKind, Word
from families.people.models import Membership
from performance.demo.names import SURNAMES
from performance.demo.people import Made
from slf.accounts.models import User

MARRIED, ALIAS = 0.25, 0.06
ASKED, RATHER_NOT, DISABLED = 0.85, 0.08, 0.12
DOG, ORDER, PAIRS = 0.12, 0.15, 0.1
GROUPS = (
    (("white_british", "en"), 80), (("asian_indian", "gu"), 7), (("white_other", "pl"), 4),
    (("mixed_caribbean", "en"), 3), (("asian_bangladeshi", "bn"), 2), (("black_african", "so"), 2),
    (("white_traveller", "en"), 2),
)  # fmt: skip
NAMED = {"gu": "Gujarati", "pl": "Polish", "bn": "Bengali", "so": "Somali"}
IN_THEIR_WORDS = ("I lose my hearing in a crowd", "My knees: no stairs", "Reading takes me long", "I get seizures")
SHORT = {"Natasha": "Tash", "Kayleigh": "Kay", "Megan": "Meg", "Daniel": "Danny", "Kieran": "Kez", "Tyler": "Ty"}


def make_about(chance: random.Random, everyone: list[Made], *, by: User) -> None:
    """Give some of the adults other names, most people answers about themselves, and some families flags."""
    PersonName.objects.bulk_create(name for each in everyone for name in names(chance, each, by=by))
    AboutAnswer.objects.bulk_create(row for each in everyone for row in answers(chance, each, by=by))
    homes = {row.person_id: row for row in Membership.objects.filter(family__in=[each.row for each in everyone])}
    Flag.objects.bulk_create(flag for each in everyone for flag in flags(chance, each, homes, by=by))


def names(chance: random.Random, each: Made, *, by: User) -> Iterator[PersonName]:
    for adult in each.adults:
        told = {"family": each.row, "person": adult, "recorded_by": by}
        if adult.gender == "female" and chance.random() < MARRIED:
            yield PersonName(
                kind=NameKind.MAIDEN, given_names=adult.given_names, family_name=chance.choice(SURNAMES),
                ended_on=date(chance.randint(2001, 2011), chance.randint(1, 12), chance.randint(1, 28)),
                source="Marriage certificate seen on a visit", told_by=Word.DOCUMENT, **told,
            )  # fmt: skip
        if chance.random() < ALIAS:
            given = SHORT.get(adult.given_names, f"{adult.given_names[:3]}z")
            yield PersonName(
                kind=NameKind.ALIAS, given_names=given, source="Police, anti-social behaviour report",
                told_by=Word.AGENCY, **told,
            )  # fmt: skip


def answers(chance: random.Random, each: Made, *, by: User) -> Iterator[AboutAnswer]:
    """Answer as a family would: one ethnic group and language for all, a few who would rather not say."""
    group, language = chance.choices(*zip(*GROUPS, strict=True))[0]
    for one in (*each.adults, *each.children):
        told = {"family": each.row, "person": one, "source": "First visit", "said_on": each.row.known_since,
                "recorded_by": by, "told_by": Word.THEMSELVES if one in each.adults else Word.FAMILY}  # fmt: skip
        yield AboutAnswer(kind="sex", answer=one.gender, **told)
        if chance.random() < ASKED:
            said = "rather_not" if chance.random() < RATHER_NOT else group
            yield AboutAnswer(kind="ethnicity", answer=said, **told)
        yield AboutAnswer(kind="first_language", answer=language, **told)
        if language != "en" and one in each.adults:
            yield AboutAnswer(kind="interpreter", answer="yes", words=NAMED[language], **told)
        if chance.random() < DISABLED:
            yield AboutAnswer(kind="disability", answer="yes", words=chance.choice(IN_THEIR_WORDS), **told)


def flags(chance: random.Random, each: Made, homes: dict[int, Membership], *, by: User) -> Iterator[Flag]:
    told = {"family": each.row, "set_by": by, "began_on": each.row.known_since}
    if chance.random() < DOG:
        yield Flag(kind="dog", words="ask for it to be shut away", source="Seen on a visit", **told)
    if each.complex and chance.random() < ORDER:
        yield Flag(
            kind="court_order", membership=homes[each.adults[0].pk], until=date(2015, 3, 31),
            source="Copy of the order in the file", **told,
        )  # fmt: skip
    if each.complex and chance.random() < PAIRS:
        yield Flag(kind="not_alone", source="Decided with the senior", **told)
