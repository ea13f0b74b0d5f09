"""Days, months, weeks and school terms, and how a person says them."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from performance.pbr.rules.shapes import Member, Span, Term

DAY = timedelta(days=1)
LONGEST_HOLIDAY = timedelta(days=70)  # a longer gap means that the calendar lacks a term
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@lru_cache(maxsize=8192)
def spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_span(span: Span) -> str:
    return f"{spoken(span.first)} to {spoken(span.last)}"


@lru_cache(maxsize=8192)
def months_after(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return date(year, month + 1, min(day.day, last))


@lru_cache(maxsize=8192)
def months_to(day: date, months: int) -> Span:
    """The so many months that end with this day, the day itself included."""
    return Span(months_after(day, -months) + DAY, day)


@lru_cache(maxsize=8192)
def months_from(day: date, months: int) -> Span:
    return Span(day, months_after(day, months) - DAY)


@lru_cache(maxsize=8192)
def birthday(born: date, age: int) -> date:
    """Somebody born on 29 February comes of age on 1 March in a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


@lru_cache(maxsize=8192)
def leaves_school_on(born: date) -> date:
    """The last Friday in June of the school year in which the person turns 16."""
    sixteenth = birthday(born, 16)
    end_of_june = date(sixteenth.year + (sixteenth.month >= 9), 6, 30)
    return end_of_june - timedelta(days=(end_of_june.weekday() - 4) % 7)


def of_school_age_in(born: date, term: Term) -> bool:
    return birthday(born, 5) < term.starts_on <= leaves_school_on(born)


@lru_cache(maxsize=65536)
def terms_of_school_age(born: date, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(term for term in terms if of_school_age_in(born, term))


def is_under(age: int, member: Member, day: date) -> bool | None:
    return None if member.born is None else day < birthday(member.born, age)


@lru_cache(maxsize=256)
def complete_terms(terms: tuple[Term, ...], before: date, how_many: int) -> tuple[Term, ...]:
    """The last so many terms that were over before this day, consecutive; empty where the calendar has a hole."""
    over = sorted((term for term in terms if term.ends_on < before), key=lambda term: term.starts_on)[-how_many:]
    following = min((term.starts_on for term in terms if term.ends_on >= before), default=before)
    starts = [*(term.starts_on for term in over[1:]), min(following, before)]
    gaps = [start - term.ends_on for term, start in zip(over, starts, strict=True)] if over else [DAY]
    return tuple(over) if len(over) == how_many and max(gaps) <= LONGEST_HOLIDAY else ()


@lru_cache(maxsize=256)
def terms_from(terms: tuple[Term, ...], day: date) -> tuple[Term, ...]:
    return tuple(sorted((term for term in terms if term.starts_on >= day), key=lambda term: term.starts_on))


@lru_cache(maxsize=1024)
def spoken_term(name: str) -> str:
    """'2013-14 autumn' is said as 'autumn 2013'; another calendar's names are said as they are."""
    year, _, season = name.partition(" ")
    if season in ("autumn", "spring", "summer") and year[:4].isdigit():
        return f"{season} {int(year[:4]) + (season != 'autumn')}"
    return name


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in date order, those that touch or overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.first <= result[-1].last + DAY:
            result[-1] = Span(result[-1].first, max(result[-1].last, span.last))
        else:
            result.append(span)
    return result
