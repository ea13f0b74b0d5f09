"""The app's table of contents."""

from casework.cases.models import Case, Handover
from casework.plans.models import Action, Goal, GoalNeed, Plan, PlanAnswer
from casework.stars.models import Reading, StarArea, StarStage, StarTool
from casework.transfers.models import Arrival, Transfer
from casework.visits.models import Sighting, Visit

__all__ = [
    "Action",
    "Arrival",
    "Case",
    "Goal",
    "GoalNeed",
    "Handover",
    "Plan",
    "PlanAnswer",
    "Reading",
    "Sighting",
    "StarArea",
    "StarStage",
    "StarTool",
    "Transfer",
    "Visit",
]
