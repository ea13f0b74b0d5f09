from django.urls import path

from casework.interventions import catalogue, views

urlpatterns = [
    path("families/<uuid:uid>/help/", views.given, name="help_given"),
    path("families/<uuid:uid>/help/begin/", views.begin, name="begin_help"),
    path("help/<uuid:uid>/session/", views.session, name="help_session"),
    path("help/<uuid:uid>/end/", views.end, name="end_help"),
    path("help-sessions/<uuid:uid>/strike/", views.strike, name="strike_session"),
    path("help/figures/", catalogue.help_figures, name="help_figures"),
    path("help/list/", catalogue.help_list, name="help_list"),
    path("methods/", catalogue.methods, name="methods"),
    path("methods/add/", catalogue.add_method, name="add_method"),
    path("methods/<uuid:uid>/", catalogue.change_method, name="change_method"),
]
