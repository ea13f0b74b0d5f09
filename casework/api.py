"""The app's routes under `/api/v1/`."""

from django.urls import include, path

urlpatterns = [
    path("", include("casework.visits.api")),
    path("", include("casework.diary.api")),
    path("", include("casework.calendar.api")),
    path("", include("casework.at_hand.api")),
    path("", include("casework.lone_working.api")),
    path("", include("casework.chronology.api")),
    path("", include("casework.stars.api")),
    path("", include("casework.star_tools.api")),
    path("", include("casework.plans.api")),
    path("", include("casework.own_page.api")),
    path("", include("casework.plan_reviews.api")),
    path("", include("casework.assessments.api")),
    path("", include("casework.cases.api")),
    path("", include("casework.closing.api")),
    path("", include("casework.tasks.api")),
    path("", include("casework.safeguarding.api")),
    path("", include("casework.documents.api")),
    path("", include("casework.budget.api")),
    path("", include("casework.supervision.api")),
    path("", include("casework.team.api")),
    path("", include("casework.interventions.api")),
    path("", include("casework.around.api")),
    path("", include("casework.meetings.api")),
    path("", include("casework.requests.api")),
    path("", include("casework.transfers.api")),
    path("", include("casework.importing.api")),
    path("", include("casework.taking_back.api")),
    path("", include("casework.merging.api")),
]
