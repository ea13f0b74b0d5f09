"""One function of PostgreSQL made from the text of another; words that are not there any more are an error."""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return SQL with other words in some places. Raises ``ValueError`` where there is no such place."""
    for before, after in changes:
        if before not in text:
            raise ValueError(before)
        text = text.replace(before, after)
    return text


def without_trigger(text: str) -> str:
    """Return the function of a trigger alone, to be made anew while its trigger stands."""
    function, trigger, _ = text.partition("create trigger")
    if not trigger:
        raise ValueError(text)
    return function
