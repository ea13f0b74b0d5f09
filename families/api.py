"""The app's routes under `/api/v1/`."""

from django.urls import include, path

urlpatterns = [path("", include("families.people.api")), path("", include("families.hub.api"))]
