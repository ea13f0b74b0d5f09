"""The app's table of contents."""

from casework.around.models import TeamMember
from casework.assessments.models import (
    Assessment,
    AssessmentAnswer,
    AssessmentQuestion,
    AssessmentSection,
    AssessmentTool,
    KeptFrom,
)
from casework.budget.models import BudgetAccount, BudgetEntry, Spending, SpendingReceipt
from casework.calendar.models import CalendarFeed
from casework.carried.models import Carried
from casework.cases.models import Case, Handover
from casework.closing.models import Closing, NeedOutcome, SustainmentCheck
from casework.copies.models import ChronologyCopy
from casework.diary.models import PlannedVisit
from casework.documents.models import Document, DocumentMistake, DocumentVersion
from casework.equivalents.models import EquivalentProgress
from casework.importing.models import BroughtOver, ImportFile, ImportRow
from casework.interventions.models import Help, HelpPerson, HelpSession, HelpSessionPerson, Method
from casework.lone_working.models import AlarmCall, Outing, SafeWord, Turn, Watch
from casework.meetings.models import Invitee, Meeting, MeetingAction, MeetingCopy, MeetingPoint
from casework.meetings.wanted import WantedMeeting
from casework.own_page.models import OwnPage, OwnPageKey, OwnPageWord
from casework.plan_reviews.models import GoalReview, PlanReview
from casework.plans.models import Action, AnswerScan, Goal, GoalNeed, Plan, PlanAnswer
from casework.provenance.models import Provenance, ProvenanceKeptFrom
from casework.provider.models import ProviderContact, Provision, WorkProgress
from casework.requests.models import ServiceRequest
from casework.safeguarding.models import Concern, ConcernEntry
from casework.stages.models import CareStep
from casework.stars.models import Reading, StarArea, StarStage, StarTool
from casework.supervision.models import AgreedAction, Decision, OwnPart, Supervision, SupervisionPart
from casework.taking_back.models import TakingBack
from casework.tasks.models import Task, TaskStep
from casework.transfers.models import Arrival, Transfer
from casework.visits.models import Sighting, Visit

__all__ = [
    "Action",
    "AgreedAction",
    "AlarmCall",
    "AnswerScan",
    "Arrival",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentQuestion",
    "AssessmentSection",
    "AssessmentTool",
    "BroughtOver",
    "BudgetAccount",
    "BudgetEntry",
    "CalendarFeed",
    "CareStep",
    "Carried",
    "Case",
    "ChronologyCopy",
    "Closing",
    "Concern",
    "ConcernEntry",
    "Decision",
    "Document",
    "DocumentMistake",
    "DocumentVersion",
    "EquivalentProgress",
    "Goal",
    "GoalNeed",
    "GoalReview",
    "Handover",
    "Help",
    "HelpPerson",
    "HelpSession",
    "HelpSessionPerson",
    "ImportFile",
    "ImportRow",
    "Invitee",
    "KeptFrom",
    "Meeting",
    "MeetingAction",
    "MeetingCopy",
    "MeetingPoint",
    "Method",
    "NeedOutcome",
    "Outing",
    "OwnPage",
    "OwnPageKey",
    "OwnPageWord",
    "OwnPart",
    "Plan",
    "PlanAnswer",
    "PlanReview",
    "PlannedVisit",
    "Provenance",
    "ProvenanceKeptFrom",
    "ProviderContact",
    "Provision",
    "Reading",
    "SafeWord",
    "ServiceRequest",
    "Sighting",
    "Spending",
    "SpendingReceipt",
    "StarArea",
    "StarStage",
    "StarTool",
    "Supervision",
    "SupervisionPart",
    "SustainmentCheck",
    "TakingBack",
    "Task",
    "TaskStep",
    "TeamMember",
    "Transfer",
    "Turn",
    "Visit",
    "WantedMeeting",
    "Watch",
    "WorkProgress",
]
