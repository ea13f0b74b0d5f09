from django.urls import path

from casework.team import views

urlpatterns = [
    path("team/", views.team, name="team"),
    path("drift/", views.drift, name="drift"),
]
