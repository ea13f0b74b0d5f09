"""The sentences a form says when an answer is missing or wrong: what to do, in the words of the question."""

from collections.abc import Mapping

from django import forms

from slf.web.dates import GovDateField, breaks_off

CHOOSING = (forms.ChoiceField, forms.ModelChoiceField, forms.TypedChoiceField, forms.NullBooleanField)
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
LENGTHS = {
    "max_length": "{name} must be %(limit_value)d characters or fewer. It has %(show_value)d",
    "min_length": "{name} must be %(limit_value)d characters or more",
    "null_characters_not_allowed": "{name} has a character in it that cannot be kept. Type it again",
}
LIMITS = {
    "min_value": "{name} must be %(limit_value)s or more",
    "max_value": "{name} must be %(limit_value)s or less",
    "max_digits": "{name} must have no more than %(max)s digits",
    "max_whole_digits": "{name} must have no more than %(max)s digits before the point",
    "max_decimal_places": "{name} must have no more than %(max)s digits after the point",
}
NOT_IN_LIST = {
    "invalid_choice": "Choose an answer from the list for “{label}”",
    "invalid_list": "Choose answers from the list for “{label}”",
    "invalid_pk_value": "Choose an answer from the list for “{label}”",
}
FILES = {
    "invalid": "{name} could not be read. Choose the file again",
    "missing": "Choose a file",
    "empty": "The file is empty. Choose another",
}
OWN_ARTICLES = frozenset(
    (
        "the", "a", "an", "any", "all", "every", "each", "some", "no", "other", "another", "your", "our", "their",
        "his", "her", "its", "my", "what", "who", "whom", "whose", "when", "where", "whether", "why", "how", "which",
    )
)  # fmt: skip
FIGURES_COME_LATER = LENGTHS.keys() | LIMITS.keys() | NOT_IN_LIST.keys()
KINDS: tuple[tuple[type[forms.Field], Mapping[str, str]], ...] = (
    (forms.EmailField, {"invalid": "Enter an email address like name@example.com"}),
    (forms.URLField, {"invalid": "Enter a web address like https://www.example.com"}),
    (forms.UUIDField, {"invalid": "{name} is not a reference we know"}),
    (forms.DecimalField, {"invalid": "{name} must be a number, like 12.50"} | LIMITS),
    (forms.FloatField, {"invalid": "{name} must be a number, like 12.5"} | LIMITS),
    (forms.IntegerField, {"invalid": "{name} must be a whole number, like 12"} | LIMITS),
    (forms.TimeField, {"invalid": "{name} must be a time, like 9:30"}),
    (forms.FileField, FILES | {"max_length": "The name of the file is too long. Rename it and choose it again"}),
    (forms.CharField, LENGTHS),
    (forms.Field, NOT_IN_LIST),
)


def sentences_for(field: forms.Field, *, label: str, name: str = "") -> dict[str, str]:
    """Return the sentence for each way a field can fail. ``name`` is what to call it when the label is a question."""
    found: dict[str, str] = {}
    for kind, sentences in KINDS:
        if isinstance(field, kind):
            found = {code: filled(code, text, label=label, name=name) for code, text in sentences.items()} | found
    return found | {"required": required(field, label=label, name=name)}


def filled(code: str, text: str, *, label: str, name: str) -> str:
    """Put the words in. Django fills the figures of some sentences later, so a "%" of ours is doubled in those."""
    words = {"label": label, "name": name or named(label)}
    if code in FIGURES_COME_LATER:
        words = {key: word.replace("%", "%%") for key, word in words.items()}
    return text.format(**words)


def required(field: forms.Field, *, label: str, name: str = "") -> str:
    """Return "Enter the name of the school", "Select the kind of visit", or the question itself to answer."""
    if isinstance(field, forms.FileField):
        return f"Choose a file for “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}” to go on"
    if label.endswith("?") and not name:
        return f"Answer “{label}”"
    if breaks_off(label) and not name:
        return f"{asked_for(field)} for “{label}”"
    verb = "Select" if isinstance(field, CHOOSING + SEVERAL) else "Enter"
    return f"{verb} {with_article(lowered(name or label))}"


def with_article(words: str) -> str:
    """Put "the" before a label that does not begin with such a word of its own."""
    return words if words.split(" ", 1)[0] in OWN_ARTICLES else f"the {words}"


def named(label: str) -> str:
    return "Your answer" if label.endswith("?") or breaks_off(label) else label


def asked_for(field: forms.Field) -> str:
    if isinstance(field, CHOOSING + SEVERAL):
        return "Choose an answer"
    return "Enter a date" if isinstance(field, forms.DateField | GovDateField) else "Enter an answer"


def lowered(label: str) -> str:
    """Put a label inside a sentence; "NHS number" and "I agree" keep their capitals."""
    first = label.split(" ", 1)[0]
    return label if first == "I" or first[1:] != first[1:].lower() else label[:1].lower() + label[1:]
