from django.urls import path

from families.moving import views

urlpatterns = [
    path("<uuid:uid>/addresses/", views.addresses, name="addresses"),
    path("<uuid:uid>/addresses/move/", views.move, name="move"),
    path("<uuid:uid>/addresses/number/", views.number, name="change_number"),
    path("<uuid:uid>/addresses/<uuid:row>/", views.correct, name="correct_address"),
]
