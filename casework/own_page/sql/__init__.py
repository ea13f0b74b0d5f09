"""What PostgreSQL does for somebody's own page: ``visiting`` what the person does there, ``keeping`` the rest."""

from casework.own_page.sql.keeping import ANY_PEOPLE, ENDS, HOLD, MAY, OWN_NAMES, OWN_PEOPLE, WORDS
from casework.own_page.sql.kept import WITHOUT_KEPT
from casework.own_page.sql.visiting import AWAKE, HAND_OVER, OPEN, READ, SAY, SHOWN, STANDS, WHO

__all__ = ["ANY_PEOPLE", "FORWARD", "OPEN", "OWN_PEOPLE", "REVERSE", "SHOWN", "WITHOUT_KEPT"]

FORWARD = [MAY, WHO, SHOWN, STANDS, HAND_OVER, OPEN, AWAKE, READ, SAY, HOLD, WORDS, ENDS, OWN_NAMES]
REVERSE = """
drop trigger if exists end_own_pages on families_family;
drop trigger if exists end_own_pages on casework_plananswer;
drop trigger if exists end_own_pages on casework_plan;
drop trigger if exists end_own_pages on families_agreement;
drop trigger if exists end_own_pages on casework_case;
drop trigger if exists acts_in_own_name on casework_ownpage;
drop function if exists slf.end_own_pages(), slf.end_own_pages_of(bigint[], text), slf.forget_own_page_key(),
    slf.hold_own_word(), slf.hold_own_page(), slf.leave_own_page(text), slf.say_on_own_page(text, jsonb, date),
    slf.read_own_page(text, date, inet), slf.awake_own_page(text, date),
    slf.open_own_page(text, text, text, text, date),
    slf.hand_own_page_over(bigint, text, text, text, int, int, text, text, date, date),
    slf.own_page_stands(casework_ownpage, date), slf.shown_on_own_page(bigint), slf.called_at_home(bigint, bigint),
    slf.entries_of_person(bigint), slf.hands_own_pages_over(bigint), slf.releases_own_pages(bigint) cascade;
"""
