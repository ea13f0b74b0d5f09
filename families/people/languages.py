"""Languages people speak, by their code in ISO 639. Which of them are offered: example, not Leicestershire policy."""

from collections.abc import Iterable, Mapping

LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "ar": "Arabic",
    "bn": "Bengali",
    "bfi": "British Sign Language",
    "zh": "Chinese",
    "gu": "Gujarati",
    "hi": "Hindi",
    "ku": "Kurdish",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "fa": "Persian",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "so": "Somali",
    "ta": "Tamil",
    "tr": "Turkish",
    "ur": "Urdu",
}


def named(codes: Iterable[str]) -> list[str]:
    """Return the names of some languages, in the order they are offered."""
    wanted = set(codes)
    return [name for code, name in LANGUAGES.items() if code in wanted]
