from django.urls import path, re_path

from families.shown import views

UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"

urlpatterns = [
    path("partners-to-tell/", views.waiting, name="partners_to_tell"),
    path("<uuid:uid>/sharing/shown/", views.shown, name="shown"),
    path("<uuid:uid>/sharing/shown/add/", views.add_showing, name="add_showing"),
    path("<uuid:uid>/sharing/withdrawn/<uuid:taken>/told/", views.told, name="tell_partner"),
    re_path(rf"^(?P<uid>{UUID})/sharing/shown\.(?P<form>csv|xlsx)$", views.download, name="shown_file"),
]
