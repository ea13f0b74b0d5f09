"""Why two families may be one, in words."""

from collections.abc import Iterable


def in_both(names: Iterable[str]) -> str:
    """Return who of two families is in both, in words: "Dawn Marsh and Leah Marsh in both"."""
    *most, last = sorted(set(names))
    others = f"{', '.join(most)} and " if most else ""
    return f"{others}{last} in both"


KINDS = {
    "People in the household": ("Membership", "HouseholdChange", "PersonName", "PersonMerge"),
    "Relationships and responsibility": ("Relationship", "Responsibility"),
    "Addresses and ways to reach them": ("Home", "Phone", "ContactRule"),
    "About the family": ("AboutAnswer",),
    "Flags": ("Flag",),
    "Needs": ("Need", "Statement", "NeedOutcome"),
    "Evidence": ("Fact",),
    "Visits": ("Visit", "PlannedVisit"),
    "Tasks": ("Task", "TaskStep"),
    "Documents": ("Document", "DocumentVersion", "DocumentMistake", "ChronologyCopy"),
    "Whose information an entry is": ("Provenance", "ProvenanceKeptFrom"),
    "Who was seen on visits": ("Sighting",),
    "Plans, goals and actions": (
        "Plan",
        "Goal",
        "GoalNeed",
        "Action",
        "Carried",
        "PlanAnswer",
        "AnswerScan",
        "PlanReview",
        "GoalReview",
    ),
    "Own pages of the plan": ("OwnPage", "OwnPageWord"),
    "Assessments": ("Assessment", "AssessmentAnswer", "KeptFrom"),
    "Team around the family": ("TeamMember",),
    "Meetings and minutes": ("Meeting", "Invitee", "MeetingPoint", "MeetingAction", "MeetingCopy", "WantedMeeting"),
    "Requests to services": ("ServiceRequest",),
    "Help given": ("Help", "HelpPerson", "HelpSession", "HelpSessionPerson"),
    "With the ESF provider": ("Provision", "ProviderContact", "WorkProgress"),
    "The family's money": ("BudgetAccount", "Spending", "BudgetEntry", "SpendingReceipt"),
    "Star readings": ("Reading",),
    "Decisions on progress": ("EquivalentProgress",),
    "Supervision": ("Decision", "AgreedAction"),
    "Cases, workers and localities": (
        "Case",
        "Closing",
        "SustainmentCheck",
        "CareStep",
        "Allocation",
        "Handover",
        "Transfer",
        "Belonging",
        "BroughtOver",
    ),
    "Agreement and consent": ("Agreement", "Consent"),
    "What was shown, told and contested": ("Showing", "PartnerTold", "Override", "Contest"),
    "Referrals and numbers asked about": ("MatchQuestion", "NumberQuestion"),
    "Who knows the family": ("Interest",),
    "Restrictions": ("RestrictionStep",),
    "Lists of identification": ("Identified",),
    "Progress to results": ("Monitored", "Expected"),
    "Claims": (
        "Judged",
        "Claim",
        "ClaimedPerson",
        "AuditTest",
        "LineWarning",
        "LineSignOff",
        "LineSince",
        "ReturnReference",
        "ClaimEntry",
        "RemittanceLine",
    ),
}
"""What is written of a family, in the words of those who write it, and the tables that hold it."""
OTHER = "Other entries"


def kind_in_words(table: str) -> str:
    return next((words for words, tables in KINDS.items() if table in tables), OTHER)
