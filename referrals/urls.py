"""The app's map: each area's pages behind its name."""

from django.urls import include, path

app_name = "referrals"
urlpatterns = [
    path("triage/", include("referrals.triage.urls")),
    path("", include("referrals.attachments.urls")),
    path("services/", include("referrals.directory.urls")),
    path("", include("referrals.enquiries.urls")),
    path("", include("referrals.workers.urls")),
    path("", include("referrals.intake.urls")),
]
