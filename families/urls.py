"""The app's map: each area's pages behind its name."""

from django.urls import include, path

app_name = "families"
areas = (
    "evidence",
    "households",
    "hub",
    "kin",
    "merging",
    "register",
    "sharing",
    "overriding",
    "contesting",
    "shown",
    "moving",
    "flags",
    "numbers",
    "profile",
)
urlpatterns = [path("", include(f"families.{area}.urls")) for area in areas]
