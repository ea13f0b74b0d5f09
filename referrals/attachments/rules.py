"""How many files a referral carries. What may be kept at all is in ``slf.files.rules``. No Django here."""

from slf.files.rules import WrongFile

MOST = 10
"""Files of one referral. Source: ``EXAMPLE``."""
TOO_MANY = f"A referral carries at most {MOST} files."


def check_number(held: int) -> None:
    if held >= MOST:
        raise WrongFile(TOO_MANY)
