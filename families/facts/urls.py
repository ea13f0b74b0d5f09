from django.urls import path

from families.facts import views

urlpatterns = [path("<uuid:uid>/evidence/", views.evidence, name="evidence")]
