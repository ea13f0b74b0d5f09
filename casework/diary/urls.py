from django.urls import path

from casework.diary import views

urlpatterns = [
    path("families/<uuid:uid>/visits/plan/", views.plan, name="plan_visit"),
    path("planned-visits/<uuid:uid>/", views.planned, name="planned_visit"),
    path("planned-visits/<uuid:uid>/record/", views.record, name="record_planned_visit"),
    path("planned-visits/<uuid:uid>/move/", views.move, name="move_planned_visit"),
    path("planned-visits/<uuid:uid>/cancel/", views.cancel, name="cancel_planned_visit"),
    path("planned-visits/<uuid:uid>/no-access/", views.no_access, name="no_access_at_visit"),
]
