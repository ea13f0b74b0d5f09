from django.urls import path

from casework.cases import views

urlpatterns = [
    path("allocate/<uuid:uid>/", views.allocate, name="allocate"),
    path("waiting/", views.waiting, name="waiting"),
]
