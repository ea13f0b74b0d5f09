"""The rows the register begins with, each with its source. The county puts its own in their place."""

from datetime import date

from families.facts.rules import CATEGORIES
from families.register.models import Basis, Gateway
from families.register.rules import Purpose

ACT_1998, GDPR = date(2000, 3, 1), date(2018, 5, 25)
EXAMPLE = "Example, not Leicestershire policy: no agreement of the county has been seen"
SCHEDULES = "DPA 1998, Schedules 2 and 3, legislation.gov.uk (text seen); in force 1 March 2000 to 24 May 2018"
NOTICES = "Privacy notices of Suffolk and Trafford councils name these for the same kind of work (text seen)"
SENSITIVE = frozenset({"offending", "asb", "domestic_abuse", "social_care", "concern", "health"})

# law, condition for sensitive data, first day, first day without it, source
BASES = (
    ("Data Protection Act 1998, Schedule 2 paragraph 5(b): functions under an enactment",
     "Schedule 3 paragraph 7: functions under an enactment", ACT_1998, GDPR, SCHEDULES),
    ("UK GDPR Article 6(1)(e): a task in the public interest",
     "Article 9(2)(g) or Article 10, with DPA 2018 Schedule 1 paragraphs 6 and 18", GDPR, None, NOTICES),
)  # fmt: skip

CHILDREN_ACT = "Children Act 1989 section 17, as implied gateway"
CRIME_ACT = "Crime and Disorder Act 1998 section 115"
WELFARE_ACT = "Welfare Reform Act 2012 section 131 and SI 2012/1483 regulation 5(1)(d)"
ECONOMY_ACT = "Digital Economy Act 2017 section 35 and SI 2018/912, multiple disadvantages"
CONSENT = "Consent of the person it is about"
LAW_COMMISSION = "Law Commission 351 chapter 10, as quoted"
LISTED = date(2018, 7, 19)

PROGRAMME = date(2012, 4, 1)

# agency, category, law, by consent, first day, source, grade. Older laws count from the first day of the programme; the
# first day of the regulations of 2012 is still to be confirmed.
GATEWAYS = (
    ("schools", "education", CHILDREN_ACT, False, PROGRAMME, LAW_COMMISSION, "S"),
    ("csp", "asb", CRIME_ACT, False, PROGRAMME, LAW_COMMISSION, "S"),
    ("police", "asb", CRIME_ACT, False, PROGRAMME, LAW_COMMISSION, "S"),
    ("police", "offending", CRIME_ACT, False, PROGRAMME, LAW_COMMISSION, "S"),
    ("police", "domestic_abuse", CRIME_ACT, False, PROGRAMME, LAW_COMMISSION, "S"),
    ("dwp", "work", WELFARE_ACT, False, date(2012, 7, 5), "legislation.gov.uk, SI 2012/1483 part 3", "P"),
    ("social_care", "social_care", CHILDREN_ACT, False, PROGRAMME, LAW_COMMISSION, "S"),
    ("housing", "housing", ECONOMY_ACT, False, LISTED, "SI 2018/912 Schedule paragraph 2", "P"),
    ("health", "health", CONSENT, True, PROGRAMME, "“No legal gateway could be found” (phase 1, Law Com.)", "S"),
)  # fmt: skip


def load(*, using: str) -> None:
    """Put in what is missing. What is there already stays as it is, ended or not."""
    for purpose in Purpose:
        for category in CATEGORIES:
            load_bases(purpose, category, using=using)
        for agency, category, law, by_consent, starts, source, grade in gateways_for(purpose):
            Gateway.objects.using(using).get_or_create(
                purpose=purpose, category=category, agency=agency, law=law, proposed_by=None,
                defaults={"by_consent": by_consent, "period": (starts, None), "source": source, "grade": grade,
                          "document": EXAMPLE},
            )  # fmt: skip


def gateways_for(purpose: Purpose) -> list[tuple[str, str, str, bool, date, str, str]]:
    """Return the gateways of a purpose. Nobody consents before they are known, so by consent nobody is identified."""
    return [row for row in GATEWAYS if not (purpose is Purpose.IDENTIFY and row[3])]


def load_bases(purpose: Purpose, category: str, *, using: str) -> None:
    for law, special, starts, ends_before, source in BASES:
        Basis.objects.using(using).get_or_create(
            purpose=purpose, category=category, law=law, proposed_by=None,
            defaults={"special": special if category in SENSITIVE else "", "period": (starts, ends_before),
                      "source": source, "grade": "P", "document": EXAMPLE},
        )  # fmt: skip
