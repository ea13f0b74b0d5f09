from django.urls import path

from casework.at_hand import views

urlpatterns = [
    path("at-hand/", views.at_hand, name="at_hand"),
    path("at-hand/take/", views.take, name="take_along"),
    path("at-hand/still/", views.still, name="at_hand_still"),
    path("at-hand/<uuid:uid>/send/", views.send, name="send_at_hand"),
]
