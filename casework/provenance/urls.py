from django.urls import path

from casework.provenance import views

urlpatterns = [path("marks/<slug:about>/<uuid:uid>/", views.mark, name="mark_entry")]
