from django.urls import path

from casework.provenance import views

urlpatterns = [
    path("families/<uuid:uid>/needs/", views.needs, name="needs_of_family"),
    path("marks/<slug:about>/<uuid:uid>/", views.mark, name="mark_entry"),
]
