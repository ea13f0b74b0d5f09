"""Writing a plan with a family, agreeing to it, and getting it done.

Every change of what a plan says locks the version, refuses what is agreed, and counts one revision up. What makes,
replaces or goes through a family's versions has the family's plan to itself until it is committed.
"""

from casework.plans.services.agreeing import last_words, missing_from, parts_on, record_answer
from casework.plans.services.goals import (
    Owner,
    add_action,
    add_goal,
    change_action,
    change_goal,
    finish_action,
    remove_action,
    remove_goal,
    reopen_action,
)
from casework.plans.services.versions import end_plans, resume_plans, start_plan, throw_away_plan

__all__ = [
    "Owner",
    "add_action",
    "add_goal",
    "change_action",
    "change_goal",
    "end_plans",
    "finish_action",
    "last_words",
    "missing_from",
    "parts_on",
    "record_answer",
    "remove_action",
    "remove_goal",
    "reopen_action",
    "resume_plans",
    "start_plan",
    "throw_away_plan",
]
