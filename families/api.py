"""The app's routes under `/api/v1/`."""

from django.urls import include, path

areas = (
    "people",
    "households",
    "kin",
    "merging",
    "search",
    "interests",
    "restricting",
    "evidence",
    "register",
    "sharing",
    "overriding",
    "contesting",
    "shown",
    "hub",
    "moving",
    "numbers",
    "profile",
    "flags",
)
urlpatterns = [
    *(path("", include(f"families.{area}.api")) for area in areas),
    path("", include("families.profile.about_api")),
    path("", include("families.profile.contact_api")),
]
