from django.urls import path

from performance.identification import views

urlpatterns = [
    path("identification/", views.identification, name="identification"),
    path("identification/look/", views.look_now, name="look_for_families"),
    path("identification/<uuid:uid>/", views.identification_run, name="identification_run"),
    path("identification/<uuid:uid>/lists.csv", views.identification_csv, name="identification_csv"),
]
