"""The app's map: each area's pages behind its name."""

from django.urls import include, path

app_name = "families"
urlpatterns = [
    path("", include("families.facts.urls")),
    path("", include("families.households.urls")),
    path("", include("families.hub.urls")),
    path("", include("families.kin.urls")),
]
