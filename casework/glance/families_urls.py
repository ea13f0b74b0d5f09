"""What stands at /families/: the families floor's own pages, and the two that need what later floors know.

The roof includes this file, not ``families.urls``: a page of the families floor may not import casework.
"""

from django.urls import path

from casework.glance import views
from families.urls import urlpatterns as floor

app_name = "families"
urlpatterns = [
    path("", views.families, name="list"),
    path("<uuid:uid>/", views.family, name="family"),
    *floor,
]
