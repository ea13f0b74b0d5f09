from django.urls import path

from families.numbers import views

urlpatterns = [
    path("numbers/", views.numbers, name="numbers"),
    path("numbers/<uuid:uid>/", views.number, name="number"),
]
