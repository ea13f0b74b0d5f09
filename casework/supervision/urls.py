from django.urls import path

from casework.supervision import views

urlpatterns = [
    path("supervision/", views.supervisions, name="supervisions"),
    path("supervision/begin/", views.begin, name="begin_supervision"),
    path("supervision/<uuid:uid>/", views.supervision, name="supervision"),
    path("supervision/<uuid:uid>/call-off/", views.call_off, name="call_off_supervision"),
    path("supervision/parts/<uuid:uid>/families/<uuid:family_uid>/", views.decide, name="decide"),
    path("supervision/parts/<uuid:uid>/own/", views.own, name="own_part"),
    path("supervision/parts/<uuid:uid>/sign/", views.sign, name="sign_supervision"),
    path("supervision/actions/<uuid:uid>/done/", views.done, name="agreed_action"),
    path("supervision/actions/<uuid:uid>/take-out/", views.take_out, name="take_out_agreed_action"),
    path("families/<uuid:uid>/supervision/", views.of_family, name="family_supervision"),
]
