"""Included under /access/ (``families.access_urls``)."""

from django.urls import path

from families.interests import views

urlpatterns = [
    path("<uuid:uid>/know/", views.know, name="know"),
    path("<uuid:uid>/know/somebody/", views.note, name="note_who_knows"),
    path("<uuid:uid>/who-know/", views.who_know, name="who_know"),
    path("who-know/<uuid:uid>/end/", views.end, name="end_who_knows"),
]
