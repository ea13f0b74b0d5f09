from slf.access.rules import Role
from tests.access_table import Row, all_of
from tests.families.numbers.factories import question_of

DECIDE = (Role.MANAGER, Role.HEAD)
NOT_THEIRS = frozenset({Role.SENIOR, Role.FSW, Role.DATA, Role.BUSINESS, Role.ESF, Role.AUDITOR, Role.SRO, Role.BOARD,
                        Role.ADMIN, Role.REFERRER})  # fmt: skip


def asked(family) -> dict:
    return {"uid": question_of(family).uid}


def said(kwargs) -> dict:
    return {"answer": "as_told"}


ROWS = [
    Row("families:numbers", get=all_of(*DECIDE)),
    Row("families:number", asked, get=all_of(*DECIDE), post=all_of(*DECIDE, status=302), post_body=said,
        not_their_job=NOT_THEIRS),
    Row("api-numbers", get=all_of(*DECIDE)),
    Row("api-answer-number", asked, post=all_of(*DECIDE), post_body=said, not_their_job=NOT_THEIRS),
]  # fmt: skip
