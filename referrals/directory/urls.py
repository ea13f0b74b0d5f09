from django.urls import path

from referrals.directory import views

urlpatterns = [
    path("", views.services, name="services"),
    path("add/", views.add_service, name="add_service"),
    path("<uuid:uid>/", views.change_service, name="change_service"),
]
