"""The app's map: each area's pages behind its name."""

from django.urls import include, path

app_name = "casework"
urlpatterns = [
    path("", include("casework.glance.urls")),
    path("", include("casework.visits.urls")),
    path("", include("casework.diary.urls")),
    path("", include("casework.calendar.urls")),
    path("", include("casework.at_hand.urls")),
    path("", include("casework.lone_working.urls")),
    path("", include("casework.chronology.urls")),
    path("", include("casework.stars.urls")),
    path("", include("casework.star_tools.urls")),
    path("", include("casework.plans.urls")),
    path("", include("casework.own_page.urls")),
    path("", include("casework.plan_reviews.urls")),
    path("", include("casework.assessments.urls")),
    path("", include("casework.cases.urls")),
    path("", include("casework.closing.urls")),
    path("", include("casework.stages.urls")),
    path("", include("casework.tasks.urls")),
    path("", include("casework.to_do.urls")),
    path("", include("casework.supervision.urls")),
    path("", include("casework.safeguarding.urls")),
    path("", include("casework.documents.urls")),
    path("", include("casework.provenance.urls")),
    path("", include("casework.budget.urls")),
    path("", include("casework.team.urls")),
    path("", include("casework.interventions.urls")),
    path("", include("casework.around.urls")),
    path("", include("casework.meetings.urls")),
    path("", include("casework.requests.urls")),
    path("", include("casework.transfers.urls")),
    path("", include("casework.importing.urls")),
    path("", include("casework.taking_back.urls")),
    path("", include("casework.merging.urls")),
]
