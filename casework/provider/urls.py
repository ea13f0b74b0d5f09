from django.urls import path

from casework.provider import progress_views, views

urlpatterns = [
    path("provider/", views.provider, name="provider"),
    path("families/<uuid:uid>/work-and-training/", views.provision, name="provision"),
    path("families/<uuid:uid>/work-and-training/send/", views.send, name="send_to_provider"),
    path("provisions/<uuid:uid>/answer/", views.answer, name="answer_provision"),
    path("provisions/<uuid:uid>/begin/", views.begin, name="begin_provision"),
    path("provisions/<uuid:uid>/contact/", views.contact, name="provider_contact"),
    path("provisions/<uuid:uid>/end/", views.end, name="end_provision"),
    path("families/<uuid:uid>/work-and-training/stop-sharing/", views.stop, name="stop_sharing_provider"),
    path("provisions/<uuid:uid>/progress/", progress_views.progress, name="work_progress"),
    path("work-progress/<uuid:uid>/correct/", progress_views.correct, name="correct_progress"),
    path("work-progress/<uuid:uid>/take-back/", progress_views.take_back, name="take_back_progress"),
]
