"""Reference data of the casework floor."""

from casework.stars import reference as stars


def load(*, using: str) -> None:
    stars.load(using=using)
