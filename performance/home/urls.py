"""Included at the root: the home page is ``/`` and its name is ``home``."""

from django.urls import path

from performance.home import views

urlpatterns = [path("", views.home, name="home")]
