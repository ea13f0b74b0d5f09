"""Included at the root: the service worker has to stand there."""

from django.urls import path

from slf.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/<uuid:uid>/", views.one_draft, name="draft"),
    path("drafts/<uuid:uid>/throw-away/", views.throw_away, name="throw_away"),
    path("drafts/recover/", views.recover, name="recover"),
    path("drafts/device/", views.device, name="device"),
    path("offline/", views.offline, name="offline"),
    path("sw.js", views.worker, name="worker"),
]
