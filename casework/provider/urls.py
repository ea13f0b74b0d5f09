from django.urls import path

from casework.provider import views

urlpatterns = [
    path("provider/", views.provider, name="provider"),
    path("families/<uuid:uid>/work-and-training/", views.provision, name="provision"),
    path("families/<uuid:uid>/work-and-training/send/", views.send, name="send_to_provider"),
    path("provisions/<uuid:uid>/answer/", views.answer, name="answer_provision"),
    path("provisions/<uuid:uid>/begin/", views.begin, name="begin_provision"),
    path("provisions/<uuid:uid>/contact/", views.contact, name="provider_contact"),
    path("provisions/<uuid:uid>/end/", views.end, name="end_provision"),
]
