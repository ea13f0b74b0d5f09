"""What a person may be asked about themselves: questions and their answers as data, each list with its source.

"Not asked", "would rather not say" and "not known" are three different things, and none of them is an answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

NOT_ASKED, RATHER_NOT, NOT_KNOWN = "not_asked", "rather_not", "not_known"
NO_ANSWER: Mapping[str, str] = {
    NOT_ASKED: "Not asked",
    RATHER_NOT: "Would rather not say",
    NOT_KNOWN: "Not known",
}
OTHER = "other"


@dataclass(frozen=True)
class Question:
    """One thing asked. ``words`` asks for their own words beside the answer, or instead of a list of answers."""

    code: str
    label: str
    asked: str
    source: str
    answers: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    words_for: tuple[str, ...] = ()

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen: the answers, or "in their own words", and after them why there is none."""
        return [*(self.answers or {OTHER: "In their own words"}).items(), *NO_ANSWER.items()]

    @property
    def needs_words(self) -> tuple[str, ...]:
        """The answers that say nothing without words."""
        return self.words_for if self.answers else (OTHER,)

    def in_words(self, answer: str, words: str) -> str:
        said = dict(self.choices).get(answer, answer)
        if not words:
            return said
        return words if not self.answers or answer == OTHER else f"{said}: {words}"


ETHNICITY_SOURCE = "Office for National Statistics, 2011 Census, ethnic group, England (18 groups)"
ETHNIC_GROUPS: Mapping[str, str] = {
    "white_british": "White: English, Welsh, Scottish, Northern Irish or British",
    "white_irish": "White: Irish",
    "white_traveller": "White: Gypsy or Irish Traveller",
    "white_other": "White: any other White background",
    "mixed_caribbean": "Mixed: White and Black Caribbean",
    "mixed_african": "Mixed: White and Black African",
    "mixed_asian": "Mixed: White and Asian",
    "mixed_other": "Mixed: any other Mixed or multiple ethnic background",
    "asian_indian": "Asian or Asian British: Indian",
    "asian_pakistani": "Asian or Asian British: Pakistani",
    "asian_bangladeshi": "Asian or Asian British: Bangladeshi",
    "asian_chinese": "Asian or Asian British: Chinese",
    "asian_other": "Asian or Asian British: any other Asian background",
    "black_african": "Black or Black British: African",
    "black_caribbean": "Black or Black British: Caribbean",
    "black_other": "Black or Black British: any other Black, African or Caribbean background",
    "arab": "Other: Arab",
    "other": "Other: any other ethnic group",
}
"""Eighteen groups; the one more of "18 + 1" is that nothing was stated, and it is three things here."""
OWN_WORDS_GROUPS = tuple(code for code in ETHNIC_GROUPS if code.endswith("other"))

LANGUAGES: Mapping[str, str] = {
    "en": "English", "gu": "Gujarati", "pa": "Punjabi", "pl": "Polish", "ur": "Urdu", "bn": "Bengali", "hi": "Hindi",
    "so": "Somali", "ar": "Arabic", "ro": "Romanian", "zh": "Chinese", "fa": "Persian", "ku": "Kurdish",
    "lt": "Lithuanian", "lv": "Latvian", "pt": "Portuguese", "ta": "Tamil", "tr": "Turkish",
    "bfi": "British Sign Language", OTHER: "Another language",
}  # fmt: skip
BESIDE_ENGLISH = {code: name for code, name in LANGUAGES.items() if code not in {"en", OTHER}}
"""The languages that a family and a worker can share by their code."""


def languages_in_words(codes: Iterable[str]) -> str:
    """Return the names of some of these languages, in the order of the list."""
    wanted = set(codes)
    return ", ".join(name for code, name in BESIDE_ENGLISH.items() if code in wanted)


QUESTIONS: Mapping[str, Question] = {
    one.code: one
    for one in (
        Question(
            "sex", "Sex", "What is their sex?", "NHS Data Model and Dictionary, PERSON PHENOTYPIC SEX",
            {"female": "Female", "male": "Male", "indeterminate": "Indeterminate"},
        ),
        Question(
            "ethnicity", "Ethnic group", "What is their ethnic group?", ETHNICITY_SOURCE, ETHNIC_GROUPS,
            "How do they describe it?",
        ),
        Question(
            "first_language", "First language", "Which language do they speak at home?",
            "Codes of ISO 639; a list of our own, to be added to", LANGUAGES, "Which language?", (OTHER,),
        ),
        Question(
            "other_languages", "Other languages", "Which other languages do they speak?", "Free words",
            words="Which languages?",
        ),
        Question(
            "interpreter", "Interpreter", "Do they need an interpreter?", "A question of our own",
            {"no": "Not needed", "yes": "Needed"}, "For which language?", ("yes",),
        ),
        Question(
            "disability", "Disability", "Are they disabled, as they see it themselves?",
            "Equality Act 2010, section 6, as the person describes it",
            {"no": "No", "yes": "Yes"}, "How do they describe it?",
        ),
    )
}  # fmt: skip
"""What is asked of everybody, in the order of the page."""
KINDS = [(question.code, question.label) for question in QUESTIONS.values()]


def problem(kind: str, answer: str, words: str) -> dict[str, str]:
    """Return what is wrong with an answer, by part; empty when nothing is."""
    question = QUESTIONS[kind]
    if answer not in dict(question.choices):
        return {"answer": "Choose an answer from the list"}
    if answer in question.needs_words and not words.strip():
        return {"words": f"Answer “{question.words}”"}
    return {}
