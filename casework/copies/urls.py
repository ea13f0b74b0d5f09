from django.urls import path

from casework.copies import views

urlpatterns = [
    path("families/<uuid:uid>/chronology/copies/", views.copies, name="chronology_copies"),
    path("families/<uuid:uid>/chronology/copies/ask/", views.ask, name="ask_chronology_copy"),
    path("chronology-copies/<uuid:uid>/", views.copy, name="chronology_copy"),
    path("chronology-copies/<uuid:uid>/release/", views.release, name="release_chronology_copy"),
    path("chronology-copies/<uuid:uid>/send-back/", views.send_back, name="send_back_chronology_copy"),
    path("chronology-copies/<uuid:uid>/give/", views.give, name="give_chronology_copy"),
    path("chronology-copies/<uuid:uid>/document/", views.document, name="chronology_copy_document"),
]
