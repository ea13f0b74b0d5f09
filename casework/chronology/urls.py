from django.urls import path

from casework.chronology import views

urlpatterns = [
    path("families/<uuid:uid>/chronology/", views.chronology, name="chronology"),
    path("families/<uuid:uid>/chronology/document/", views.print_chronology, name="print_chronology"),
]
