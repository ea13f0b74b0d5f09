from django.urls import path

from casework.equivalents import views

urlpatterns = [
    path("families/<uuid:uid>/equivalents/", views.equivalents, name="equivalents"),
    path("families/<uuid:uid>/equivalents/propose/", views.propose, name="propose_equivalent"),
    path("equivalents/<uuid:uid>/decide/", views.decide, name="decide_equivalent"),
    path("equivalents/<uuid:uid>/withdraw/", views.withdraw, name="withdraw_equivalent"),
]
