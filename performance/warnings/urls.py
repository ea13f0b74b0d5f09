from django.urls import path

from performance.warnings import views

urlpatterns = [
    path("claims/<uuid:uid>/warnings/", views.warnings, name="warnings"),
    path("claims/<uuid:uid>/warnings/<uuid:warning>/take-back/", views.take_back, name="take_back_sign_off"),
]
