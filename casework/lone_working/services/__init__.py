"""Going out, staying longer, coming back, calling for help; answering an alarm; looking who is late; the roster."""

from casework.lone_working.services.answering import (
    answer_alarm,
    close_alarm,
    is_on_roster,
    late_for,
    late_or_own,
    who_answers,
)
from casework.lone_working.services.clock import LOOK, Clock, clock, forget_outings, look, stand_in
from casework.lone_working.services.out import (
    call_for_help,
    choose_word,
    come_back,
    go_out,
    last_phone,
    number_to_ring,
    outing_of,
    own_outing,
    stay_out,
    word_of,
)
from casework.lone_working.services.roster import end_turn, give_turn, localities_of, people_for

__all__ = [
    "LOOK",
    "Clock",
    "answer_alarm",
    "call_for_help",
    "choose_word",
    "clock",
    "close_alarm",
    "come_back",
    "end_turn",
    "forget_outings",
    "give_turn",
    "go_out",
    "is_on_roster",
    "last_phone",
    "late_for",
    "late_or_own",
    "localities_of",
    "look",
    "number_to_ring",
    "outing_of",
    "own_outing",
    "people_for",
    "stand_in",
    "stay_out",
    "who_answers",
    "word_of",
]
