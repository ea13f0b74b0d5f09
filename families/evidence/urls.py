from django.urls import path

from families.evidence import views

urlpatterns = [path("<uuid:uid>/evidence/", views.evidence, name="evidence")]
