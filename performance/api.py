"""The app's routes under `/api/v1/`."""

from django.urls import include, path

urlpatterns = [
    path("", include("performance.outcomes.api")),
    path("", include("performance.claims.api")),
    path("", include("performance.claims.names_api")),
    path("", include("performance.claims.payments.api")),
    path("", include("performance.claims.payments.behind_api")),
    path("", include("performance.claims.disposal.api")),
    path("", include("performance.audit.api")),
    path("", include("performance.identification.api")),
    path("", include("performance.monitoring.api")),
    path("", include("performance.rulebook.api")),
    path("", include("performance.since.api")),
    path("", include("performance.trail.api")),
    path("", include("performance.warnings.api")),
    path("", include("performance.quality.api")),
    path("", include("performance.digest.api")),
    path("", include("performance.reports.api")),
]
