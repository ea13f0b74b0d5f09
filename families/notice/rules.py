"""The privacy notice's own words for agencies and kinds of information: short ones. No Django here."""

from collections.abc import Iterable, Mapping

WHO: Mapping[str, str] = {
    "schools": "Your children's school",
    "csp": "The team that deals with antisocial behaviour",
    "police": "The police and the youth offending service",
    "dwp": "The Department for Work and Pensions",
    "social_care": "Children's social care",
    "housing": "Housing services",
    "health": "Your doctor and other health services",
    "esf": "The people who help you find work",
}
WHAT: Mapping[str, str] = {
    "education": "if a child has missed school or been sent home",
    "asb": "if somebody was in trouble for bad behaviour near home",
    "offending": "if somebody broke the law",
    "work": "which benefits an adult gets, and if they have a job",
    "domestic_abuse": "if somebody was hurt or made afraid at home",
    "social_care": "if a child needs help to be safe",
    "housing": "if you may lose your home",
    "concern": "what worries people who help you",
    "health": "how you are",
}


def tellers(shares: Iterable[tuple[str, str, bool]]) -> list[tuple[str, list[str]]]:
    """Return who tells us what: "(agency, category, by consent only)" in plain words, each agency once."""
    asks = {(agency, category): True for agency, category, _ in shares}
    free = {(agency, category) for agency, category, by_consent in shares if not by_consent}
    words = {pair: WHAT[pair[1]] + ("" if pair in free else " (only if you say yes)") for pair in sorted(asks)}
    return [
        (name, found)
        for agency, name in WHO.items()
        if (found := [said for (a, _), said in words.items() if a == agency])
    ]
