from django.urls import path

from families.flags import views

urlpatterns = [
    path("<uuid:uid>/flags/", views.flags, name="flags"),
    path("<uuid:uid>/flags/add/", views.add, name="add_flag"),
    path("<uuid:uid>/flags/<uuid:flag>/end/", views.end, name="end_flag"),
]
