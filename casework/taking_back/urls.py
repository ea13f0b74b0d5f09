from django.urls import path

from casework.taking_back import views

urlpatterns = [
    path("imports/<uuid:uid>/take-back/", views.ask, name="ask_to_take_back"),
    path("taking-back/", views.takings, name="takings_back"),
    path("taking-back/<uuid:uid>/", views.taking, name="taking_back"),
]
