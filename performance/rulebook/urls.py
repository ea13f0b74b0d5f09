from django.urls import path

from performance.rulebook import views

urlpatterns = [
    path("rules/", views.schemes, name="rules"),
    path("rules/<slug:key>/", views.rules_of, name="rules_of"),
    path("rules/<slug:key>/several/", views.several, name="propose_several_rules"),
    path("rules/<slug:key>/<str:rule>/", views.rule, name="rule"),
    path("rules/<slug:key>/<str:rule>/propose/", views.propose, name="propose_rule"),
    path("rules/proposals/<uuid:uid>/confirm/", views.confirm, name="confirm_rules"),
    path("rules/proposals/<uuid:uid>/take-back/", views.take_back, name="take_back_rules"),
]
