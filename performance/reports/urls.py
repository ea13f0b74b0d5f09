from django.urls import path, re_path

from performance.reports import schedule_views, views

UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/new/<slug:key>/", views.ask, name="ask_report"),
    path("reports/schedules/", schedule_views.schedules, name="report_schedules"),
    path("reports/schedules/new/", schedule_views.set_schedule, name="set_report_schedule"),
    path("reports/schedules/<uuid:uid>/end/", schedule_views.end_schedule, name="end_report_schedule"),
    path("reports/<uuid:uid>/", views.report, name="report"),
    path("reports/<uuid:uid>/read/", views.read, name="report_read"),
    re_path(
        rf"^reports/(?P<uid>{UUID})/(?P<whose>inside|others)\.(?P<form>csv|json|xlsx|pdf)$",
        views.file,
        name="report_file",
    ),
]
