from django.urls import path

from families.register import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/bases/new/", views.new_basis, name="new_basis"),
    path("register/gateways/new/", views.new_gateway, name="new_gateway"),
    path("register/<slug:called>/<uuid:uid>/", views.row, name="register_row"),
    path("register/<slug:called>/<uuid:uid>/confirm/", views.confirm, name="register_confirm"),
    path("register/<slug:called>/<uuid:uid>/end/", views.end, name="register_end"),
]
