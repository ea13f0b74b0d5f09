from django.urls import path

from casework.stages import views

urlpatterns = [
    path("families/<uuid:uid>/case/step/", views.step, name="step"),
    path("care-steps/<uuid:uid>/acknowledge/", views.acknowledge, name="acknowledge_step"),
    path("care-steps/<uuid:uid>/go-on/", views.go_on, name="go_on"),
]
