"""What was typed into the search, name by name and number by number; and why somebody was found, in words."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from slf.web.words import day_in_words

LONGEST = 80
"""Characters of what was typed that are read."""
MOST_PARTS = 6
SHORTEST_WORD = 2
SHORTEST_WITH_TYPOS = 4
SHORTEST_SOUND = 2
MOST = 200
"""Families one search finds, the closest first; who finds as many asks more narrowly."""
ENOUGH = 10
"""Families found as they are written; with fewer, names that sound alike or are one letter away are found too."""

NOT_A_NAME = frozenset(("the", "family"))
LETTERS_OF_THEIR_OWN = {"æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "œ": "oe"}
APOSTROPHES = "'\u2019\u2018`"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

SAME_NAME = tuple(
    frozenset(group.split())
    for group in (
        "abigail abi abbie gail", "alexander alexandra alex alec sandy sasha lexi", "alfred alf alfie fred",
        "amanda mandy", "andrew andy drew", "anthony antony tony", "barbara barb babs", "benjamin ben benny",
        "catherine katherine kathryn kate katie kathy cathy kat kitty", "charles charlie chuck",
        "charlotte lottie charlie",
        "christine christina chris chrissie tina", "christopher chris kit", "daniel dan danny", "danielle dani",
        "david dave davey", "deborah debra deb debbie", "dorothy dot dotty", "edward ed eddie ted ned",
        "eleanor ellie nell nora", "elizabeth elisabeth liz lizzie beth betty eliza libby lisa bess",
        "emily em emmy milly",
        "frances fran frankie", "francis frank frankie", "frederick fred freddie", "geoffrey jeffrey geoff jeff",
        "george georgie", "georgina georgia georgie gina", "gillian jillian gill jill", "gregory greg",
        "harold harry", "henry harry", "isabel isabelle isobel isabella izzy bella", "jack john",
        "jacqueline jackie jacqui", "james jim jimmy jamie", "janet jan", "jennifer jen jenny", "jessica jess jessie",
        "joanne joanna jo", "john jon johnny", "jonathan jonathon jon jonny", "joseph joe joey", "josephine jo josie",
        "joshua josh", "judith judy", "katrina trina kat", "kenneth ken kenny", "kimberley kimberly kim",
        "lawrence laurence larry laurie", "lee leigh", "leonard len lenny", "louise lou", "lucy lucinda lou",
        "madeleine madeline maddie", "margaret maggie meg peggy marge madge rita", "mary molly polly", "matthew matt",
        "maxwell maximilian max", "megan meg", "melanie mel", "melissa mel missy", "michael mick mike mickey micky",
        "michelle shell", "mohammed muhammad mohamed mohammad mo", "natalie nat", "nathan nathaniel nat nate",
        "nicholas nick nicky", "nicola nicole nicky nikki", "oliver ollie", "olivia liv livvy", "pamela pam",
        "patricia pat patsy trish tricia", "patrick pat paddy", "penelope penny", "peter pete", "philip phillip phil",
        "rebecca rebekah becky becca", "richard rick dick ricky rich richie", "robert rob bob bobby robbie bert",
        "ronald ron ronnie", "rosemary rose rosie", "samantha sam sammy", "samuel sam sammy", "sarah sara sally sadie",
        "sean shaun shawn", "siobhan shevaun", "stephanie steph", "stephen steven steve", "susan suzanne sue susie",
        "teresa theresa terri tess", "terence terry", "thomas tom tommy", "timothy tim", "tracey tracy",
        "valerie val", "victoria vicky vicki tori", "vincent vince", "william will bill billy willie liam",
        "zachary zach zack zak", "aisha ayesha aaisha aysha", "ahmed ahmad", "yusuf yousef youssef joseph",
    )
)  # fmt: skip
"""Short and other forms of given names: a small list of our own, to be added to."""

SOUNDS = (
    (r"(.)\1+", r"\1"),
    (r"^mac?(?=[^aeiouy])", "mk"),
    (r"^[kg]n", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"x", "ks"),
    (r"ph", "f"),
    (r"gh", ""),
    (r"ck", "k"),
    (r"chr", "kr"),
    (r"t?ch", "x"),
    (r"c(?=[eiy])", "s"),
    (r"[cq]", "k"),
    (r"dg(?=[eiy])", "j"),
    (r"g(?=[eiy])", "j"),
    (r"z", "s"),
    (r"v", "f"),
    (r"(.)\1+", r"\1"),
    (r"^[aeiou]", "a"),
)
"""How a name is turned into what it sounds like, step by step; PostgreSQL takes the same steps (``sql.py``)."""
NOT_HEARD = "[aeiouwyh]"
"""Left out of what a name sounds like, but at its beginning."""

REFERENCE = re.compile(r"\bSLF[- ]?(\d{1,9})\b", re.IGNORECASE)
NI_NUMBER = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z]\b", re.IGNORECASE)
UPN = re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b", re.IGNORECASE)
YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})|"
                       r" (?P<m2>\d{1,2}) (?P<y2>\d{4}))(?!\d)")  # fmt: skip
MONTH_NAMED = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{'|'.join(MONTHS)})[a-z]* (?P<y>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b|\b([A-Z]{1,2}\d{1,2})\b", re.IGNORECASE)
TELEPHONE = re.compile(r"\+?\d[\d ()-]{4,}\d")
NUMBER = re.compile(r"\d+")


class Way(IntEnum):
    """How a part of what was typed was answered, the closest first: the families are listed in this order."""

    EXACT = 0
    BEGINS = 1
    FAMILY = 2
    OTHER_FORM = 3
    OTHER_NAME = 4
    BORN = 5
    REFERENCE = 6
    IDENTIFIER = 7
    POSTCODE = 8
    DISTRICT = 9
    TELEPHONE = 10
    ONE_LETTER = 11
    SOUND = 12
    EXCHANGED = 13


@dataclass(frozen=True)
class Part:
    """One name, day or number that was typed, and everything that answers it."""

    said: str
    word: str = ""
    sound: str = ""
    also: tuple[str, ...] = ()
    typos: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    born: date | None = None
    exchanged: date | None = None
    reference: str = ""
    code: str = ""
    postcode: str = ""
    district: str = ""
    telephone: str = ""

    def keys(self) -> dict[str, str | list[str]]:
        """Return what PostgreSQL looks up, without what is empty."""
        found = {name: value for name, value in vars(self).items() if value and name != "said"}
        return {name: as_key(value) for name, value in found.items()}


def as_key(value: object) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else str(value)


def as_logged(found: int) -> str:
    """Return what the view log says of a search: how many it found, never what was typed.

    The log is never emptied: the names of people whom nobody knows would become a register of them.
    """
    return f"Search: {found:,} {'family' if found == 1 else 'families'} found"


def tidy(text: str) -> str:
    """Return what was typed in one line, without what no name is written with, not longer than is read."""
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text[: LONGEST * 4])
    return " ".join(seen.split())[:LONGEST].strip()


def parse(text: str, *, on: date) -> tuple[Part, ...]:
    """Return the parts of what was typed: numbers and days wherever they stand, the rest is names."""
    rest, parts = tidy(text), list[Part]()
    for pattern, read in READERS:
        for found in pattern.finditer(rest):
            if part := read(found, on):
                parts.append(part)
        rest = pattern.sub(" ", rest) if pattern is not NUMBER else rest
    return (*names(rest, alone=not parts), *parts)[:MOST_PARTS]


def names(text: str, *, alone: bool) -> tuple[Part, ...]:
    words = list(dict.fromkeys(words_of(text)))
    telling = [word for word in words if word not in NOT_A_NAME]
    telling = telling or (words if alone else [])
    return tuple(named(word) for word in telling if len(word) >= SHORTEST_WORD)


def named(word: str) -> Part:
    typos, patterns = one_letter_away(word)
    heard = sound(word)
    return Part(word, word, heard if len(heard) >= SHORTEST_SOUND else "", other_forms(word), typos, patterns)


def words_of(text: str) -> list[str]:
    """Return the words of a name as they are compared: small letters, no accents, O'Brien as one and Lee-Ann as two."""
    return [word for word in re.split(r"[^a-z\u0080-\U0010ffff]+", fold(text)) if word]


def fold(text: str) -> str:
    small = text.lower()
    for letter, written in LETTERS_OF_THEIR_OWN.items():
        small = small.replace(letter, written)
    for sign in APOSTROPHES:
        small = small.replace(sign, "")
    bare = unicodedata.normalize("NFKD", small)
    return re.sub(r"[\u0300-\u036f]", "", bare)


def other_forms(word: str) -> tuple[str, ...]:
    """Return the other forms of a given name: Liz, Beth and more of Elizabeth."""
    return tuple(sorted({other for group in SAME_NAME if word in group for other in group} - {word}))


def sound(word: str) -> str:
    """Return what a name sounds like: its consonants, much alike ones taken for one."""
    for pattern, heard in SOUNDS:
        word = re.sub(pattern, heard, word)
    return word[:1] + re.sub(NOT_HEARD, "", word[1:])


def one_letter_away(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names with a letter less or two exchanged; and patterns of those with one more or another: ``h_ll``."""
    if len(word) < SHORTEST_WITH_TYPOS:
        return (), ()
    places = range(len(word))
    less = {word[:n] + word[n + 1 :] for n in places}
    exchanged = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in places[:-1]}
    another = {f"{word[:n]}_{word[n + 1 :]}" for n in places}
    more = {f"{word[:n]}_{word[n:]}" for n in range(len(word) + 1)}
    return tuple(sorted((less | exchanged) - {word})), tuple(sorted(another | more))


def read_reference(found: re.Match[str], on: date) -> Part:
    return Part(found[0], reference=f"SLF-{int(found[1]):06d}")


def read_code(found: re.Match[str], on: date) -> Part | None:
    code = found[0].replace(" ", "").upper()
    return Part(code, code=code)


def read_day(found: re.Match[str], on: date) -> Part | None:
    """Return a date of birth with day and month as typed and exchanged; two figures are a year not yet over."""
    given = found.groupdict()
    year, month, day = given["y"] or given["y2"], given["m"] or given["m2"], int(given["d"])
    month = MONTHS.index(month.lower()) + 1 if month.lower() in MONTHS else int(month)
    year = int(year) if len(year) > 2 else century(int(year), on)
    born, exchanged = as_day(year, month, day), as_day(year, day, month)
    return Part(found[0], born=born, exchanged=exchanged if exchanged != born else None)


def century(year: int, on: date) -> int:
    this = on.year - on.year % 100
    return this + year if this + year <= on.year else this + year - 100


def as_day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def read_postcode(found: re.Match[str], on: date) -> Part:
    if found[3]:
        return Part(found[0], district=f"{found[3].upper()} ")
    return Part(found[0], postcode=f"{found[1]} {found[2]}".upper())


def read_telephone(found: re.Match[str], on: date) -> Part | None:
    """Return a telephone number from its end, as it is looked up; ten figures may be an NHS number, six a reference."""
    digits = re.sub(r"\D", "", found[0])
    if len(digits) < 6:
        return None
    national = re.sub(r"^(0044|44)(?=\d{10}$)", "", digits).lstrip("0")
    reference = f"SLF-{digits}" if len(digits) == 6 else ""
    return Part(found[0], telephone=national[::-1], code=digits if len(digits) == 10 else "", reference=reference)


def read_number(found: re.Match[str], on: date) -> Part | None:
    return Part(found[0], reference=f"SLF-{int(found[0]):06d}") if len(found[0]) <= 6 else None


READERS = (
    (REFERENCE, read_reference),
    (NI_NUMBER, read_code),
    (UPN, read_code),
    (YEAR_FIRST, read_day),
    (DAY_FIRST, read_day),
    (MONTH_NAMED, read_day),
    (POSTCODE, read_postcode),
    (TELEPHONE, read_telephone),
    (NUMBER, read_number),
)


def answers(part: Part, name: str) -> bool:
    """Tell whether a name answers a part of what was typed, however closely."""
    return any(
        word.startswith(part.word) or word in part.also or word in part.typos or sound(word) == part.sound
        or bool(set(part.patterns) & open_letters(word))
        for word in words_of(name)
    )  # fmt: skip


def open_letters(word: str) -> set[str]:
    return {f"{word[:n]}_{word[n + 1 :]}" for n in range(len(word))}


def why(way: Way, part: Part, *, born: date | None = None) -> str:
    """Return in words why somebody answers a part of what was typed."""
    if way in {Way.BORN, Way.EXCHANGED}:
        exchanged = ", day and month exchanged" if way is Way.EXCHANGED else ""
        return f"born {day_in_words(born)}{exchanged}" if born else "date of birth"
    return WORDS[way].format(said=part.said, postcode=part.postcode, district=part.district.strip())


WORDS = {
    Way.EXACT: "named “{said}”",
    Way.BEGINS: "name begins with “{said}”",
    Way.FAMILY: "the family's name",
    Way.OTHER_FORM: "“{said}” is another form of the name",
    Way.OTHER_NAME: "has another name like “{said}”",
    Way.REFERENCE: "the reference",
    Way.IDENTIFIER: "has this number",
    Way.POSTCODE: "lives at {postcode}",
    Way.DISTRICT: "lives in {district}",
    Way.TELEPHONE: "telephone number",
    Way.ONE_LETTER: "one letter away from “{said}”",
    Way.SOUND: "sounds like “{said}”",
}


SHOWS = {Way.BORN: "born", Way.EXCHANGED: "born", Way.POSTCODE: "address", Way.DISTRICT: "address"}
"""What of a person a reason shows, besides the name: what may be contested."""


def marked(said: str, contested: Collection[str], what: str) -> str:
    """Return what is shown, with the mark while somebody contests it."""
    return f"{said} (contested)" if what in contested else said


def of_the_family(way: Way) -> str:
    """Return what answers when it is nobody in particular: the family's name, unless the reason says so itself."""
    return "" if way in {Way.FAMILY, Way.REFERENCE} else "The family's name"


def joined(reasons: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield one line for each person found, with all that answers: "Donna Hallam: named “donna”, born 3 May 1980"."""
    by_name: dict[str, list[str]] = {}
    for name, reason in reasons:
        by_name.setdefault(name, []).append(reason)
    for name, said in by_name.items():
        line = ", ".join(dict.fromkeys(said))
        yield f"{name}: {line}" if name else f"{line[:1].upper()}{line[1:]}"
