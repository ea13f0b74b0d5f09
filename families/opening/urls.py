"""Included under /access/ (``families.access_urls``)."""

from django.urls import path

from families.opening import views

urlpatterns = [
    path("emergency/", views.emergency, name="emergency"),
    path("emergency/review/", views.emergencies, name="emergencies"),
    path("emergency/review/<int:pk>/", views.review, name="review"),
    path("<uuid:uid>/why/", views.why, name="why"),
    path("<uuid:uid>/looked/", views.looked, name="looked"),
    path("<uuid:uid>/open/", views.open_record, name="open"),
]
