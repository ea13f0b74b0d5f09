"""The app's routes under `/api/v1/`."""

from django.urls import include, path

urlpatterns = [
    path("", include("referrals.intake.api")),
    path("", include("referrals.attachments.api")),
    path("", include("referrals.directory.api")),
    path("", include("referrals.enquiries.api")),
    path("", include("referrals.workers.api")),
    path("", include("referrals.triage.api")),
]
