from django.urls import path

from performance.outcomes import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/<slug:code>/", views.figure, name="figure"),
    path("dashboard/<slug:code>/csv/", views.figure_csv, name="figure_csv"),
]
