"""The app's map: each area's pages behind its name."""

from django.urls import include, path

app_name = "performance"
urlpatterns = [
    path("", include("performance.outcomes.urls")),
    path("", include("performance.claims.urls")),
    path("", include("performance.claims.disposal.urls")),
    path("", include("performance.audit.urls")),
    path("", include("performance.identification.urls")),
    path("", include("performance.monitoring.urls")),
    path("", include("performance.rulebook.urls")),
    path("", include("performance.since.urls")),
    path("", include("performance.trail.urls")),
    path("", include("performance.warnings.urls")),
    path("", include("performance.quality.urls")),
    path("", include("performance.digest.urls")),
    path("", include("performance.reports.urls")),
]
