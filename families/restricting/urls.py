"""Included under /access/ (``families.access_urls``)."""

from django.urls import path

from families.restricting import views

urlpatterns = [
    path("restricted/", views.restricted, name="restricted"),
    path("restricted/<uuid:uid>/", views.left, name="left"),
    path("<uuid:uid>/restriction/", views.restriction, name="restriction"),
    path("<uuid:uid>/restrict/", views.restrict, name="restrict"),
    path("<uuid:uid>/lift/", views.lift, name="lift"),
]
