from django.urls import path

from performance.trail import views

urlpatterns = [
    path("trail/", views.trail, name="trail"),
    path("trail/verify/", views.verify, name="verify_trail"),
    path("trail/<uuid:uid>/", views.of_run, name="trail_of_run"),
]
