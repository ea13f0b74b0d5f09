from django.urls import path

from families.profile import contact_views, views

PERSON = "<uuid:uid>/people/<uuid:person>/"
urlpatterns = [
    path(PERSON, views.person, name="person"),
    path(f"{PERSON}contact/add/", contact_views.add_rule, name="person_add_rule"),
    path(f"{PERSON}contact/<uuid:rule>/end/", contact_views.end, name="person_end_rule"),
    path(f"{PERSON}history/", views.history, name="person_history"),
    path(f"{PERSON}name/", views.name, name="person_name"),
    path(f"{PERSON}names/add/", views.add_other_name, name="person_add_name"),
    path(f"{PERSON}names/<uuid:name>/remove/", views.remove_other_name, name="person_remove_name"),
    path(f"{PERSON}birth/", views.birth, name="person_birth"),
    path(f"{PERSON}about/<slug:kind>/", views.about, name="person_about"),
    path(f"{PERSON}numbers/", views.identifiers, name="person_numbers"),
]
