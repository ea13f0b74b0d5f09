"""Lone working shows no family. What is one person's own, or who answers', is walked in ``test_access.py``."""

from slf.access.rules import POSTS, ROLES, Can, Role
from tests.access_table import Exempt, Row, all_of

GOERS = all_of(Role.FSW, Role.SENIOR, Role.MANAGER)
KEEPERS = all_of(*(role for role in POSTS if Can.REVIEW_FAMILY in ROLES[role]))
OWN = "A row of one person alone: tests/casework/lone_working/test_access.py"
CALLED = "Of who answers alone: tests/casework/lone_working/test_access.py"
NOTHING = dict.fromkeys(KEEPERS, 400)

ROWS = [
    Row("casework:lone_working", get=GOERS, post=dict.fromkeys(GOERS, 400)),
    Row("casework:safe_word", get=GOERS, post=dict.fromkeys(GOERS, 400)),
    Row("casework:roster", get=KEEPERS, post=NOTHING),
    Row("casework:alarms", get=all_of(*POSTS)),
    Row("api-lone-working", get=GOERS, post=dict.fromkeys(GOERS, 400)),
    Row("api-alarms", get=all_of(*POSTS)),
    Row("api-turns", get=KEEPERS, post=NOTHING),
    Exempt("casework:back_from_outing", OWN),
    Exempt("casework:stay_out", OWN),
    Exempt("casework:call_for_help", OWN),
    Exempt("api-back-from-outing", OWN),
    Exempt("api-stay-out", OWN),
    Exempt("api-call-for-help", OWN),
    Exempt("casework:answer_alarm", CALLED),
    Exempt("casework:close_alarm", CALLED),
    Exempt("api-answer-alarm", CALLED),
    Exempt("api-close-alarm", CALLED),
    Exempt("casework:end_turn", "The roster: colleagues alone, of the localities one supervises; the same tests."),
    Exempt("api-end-turn", "The roster: colleagues alone, of the localities one supervises; the same tests."),
]
