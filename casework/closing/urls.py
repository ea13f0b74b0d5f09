from django.urls import path

from casework.closing import views

urlpatterns = [
    path("families/<uuid:uid>/case/", views.case, name="case"),
    path("families/<uuid:uid>/case/close/", views.close, name="close_case"),
    path("families/<uuid:uid>/case/propose-closing/", views.propose, name="propose_closing"),
    path("closings/<uuid:uid>/confirm/", views.confirm, name="confirm_closing"),
    path("closings/<uuid:uid>/send-back/", views.send_back, name="send_back_closing"),
    path("closings/<uuid:uid>/withdraw/", views.withdraw, name="withdraw_closing"),
    path("closings/<uuid:uid>/take-back/", views.take_back, name="take_back_closing"),
    path("sustainment-checks/<uuid:uid>/", views.check, name="sustainment_check"),
]
