from django.urls import path

from casework.visits import views

urlpatterns = [
    path("families/<uuid:uid>/visits/", views.visits, name="visits"),
    path("families/<uuid:uid>/visits/record/", views.record_visit, name="record_visit"),
    path("visits/drafts/<uuid:uid>/", views.visit_draft, name="visit_draft"),
]
