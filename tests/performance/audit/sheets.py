"""Test sheets, filled in."""

from performance.audit.rules.sheet import Answer, Found, Section

SUPPORTED = {section: Answer(Found.SUPPORTED) for section in Section}


def unsupported(note: str) -> dict[Section, Answer]:
    return SUPPORTED | {Section.EVIDENCE: Answer(Found.NOT_SUPPORTED, note)}


def posted(sheet=SUPPORTED, **more: str) -> dict[str, str]:
    """Return a sheet as its page or a program sends it."""
    found = {section.value: answer.found.value for section, answer in sheet.items()}
    return found | {f"{section.value}_note": answer.note for section, answer in sheet.items()} | more
