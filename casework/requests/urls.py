from django.urls import path

from casework.requests import figures, views

urlpatterns = [
    path("families/<uuid:uid>/requests/", views.requests, name="requests"),
    path("families/<uuid:uid>/requests/ask/", views.ask, name="ask_service"),
    path("requests/<uuid:uid>/offer/", views.offer, name="offer_request"),
    path("requests/<uuid:uid>/start/", views.start, name="start_request"),
    path("requests/<uuid:uid>/end/", views.end, name="end_request"),
    path("requests/<uuid:uid>/not-met/", views.not_met, name="request_not_met"),
    path("requests/<uuid:uid>/withdraw/", views.withdraw, name="withdraw_request"),
    path("requests/figures/", figures.request_figures, name="request_figures"),
    path("requests/list/", figures.request_list, name="request_list"),
    path("requests/figures/file/", figures.request_file, name="request_file"),
]
