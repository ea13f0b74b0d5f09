from django.urls import path

from casework.plans import scan_views, views

urlpatterns = [
    path("families/<uuid:uid>/plan/", views.plan, name="plan"),
    path("families/<uuid:uid>/plan/start/", views.start_plan, name="start_plan"),
    path("families/<uuid:uid>/plan/throw-away/", views.throw_away_plan, name="throw_away_plan"),
    path("families/<uuid:uid>/plan/goals/new/", views.add_goal, name="add_goal"),
    path("families/<uuid:uid>/plan/answer/", views.record_answer, name="record_answer"),
    path("families/<uuid:uid>/plan/print/", views.print_plan, name="print_plan"),
    path("plan-answers/<uuid:uid>/scan/", scan_views.scan, name="plan_scan"),
    path("plan-answers/<uuid:uid>/scan/add/", scan_views.scan_answer, name="add_plan_scan"),
    path("goals/<uuid:uid>/", views.change_goal, name="change_goal"),
    path("goals/<uuid:uid>/remove/", views.remove_goal, name="remove_goal"),
    path("goals/<uuid:uid>/actions/new/", views.add_action, name="add_action"),
    path("actions/<uuid:uid>/", views.change_action, name="change_action"),
    path("actions/<uuid:uid>/remove/", views.remove_action, name="remove_action"),
    path("actions/<uuid:uid>/finish/", views.finish_action, name="finish_action"),
    path("actions/<uuid:uid>/reopen/", views.reopen_action, name="reopen_action"),
]
