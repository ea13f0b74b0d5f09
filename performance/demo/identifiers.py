"""Made-up numbers that can be one: what a check digit finds wrong is refused by the service."""

from families.identifiers.rules import UPN_LETTERS, nhs_sum, upn_check_letter

AUTHORITY, PREFIX, SUFFIXES = "855", "XX", "ABCD"
"""Leicestershire's number among the local authorities; two letters a National Insurance number may begin with."""
TEST_NUMBERS = 999
"""NHS numbers that begin so are kept for tests and never given to a patient."""


def made_up_upn(number: int) -> str:
    """Return the unique pupil number with this number among ours, up to a thousand million."""
    rest = f"{AUTHORITY}{number:09d}"
    return upn_check_letter(rest) + rest


def made_up_temporary_upn(number: int) -> str:
    """Return one that a school gave until the real one is found: it ends in a letter."""
    rest = f"{AUTHORITY}{number:08d}{UPN_LETTERS[number % len(UPN_LETTERS)]}"
    return upn_check_letter(rest) + rest


def made_up_ni_number(number: int) -> str:
    return f"{PREFIX}{number % 10**6:06d}{SUFFIXES[number // 10**6 % len(SUFFIXES)]}"


def made_up_nhs_number(number: int) -> str:
    """Return the first of ten test numbers with a last figure that fits; of every eleventh none does, so the next."""
    start = f"{TEST_NUMBERS}{number % 10**6:06d}"
    fitting = -nhs_sum(f"{start}0") % 11
    return made_up_nhs_number(number + 1) if fitting > 9 else f"{start}{fitting}"
