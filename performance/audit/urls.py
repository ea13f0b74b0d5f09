from django.urls import path

from performance.audit import views

urlpatterns = [
    path("claims/<uuid:uid>/sample/", views.sample, name="sample"),
    path("claims/<uuid:uid>/sample/draw/", views.draw_sample, name="draw_sample"),
    path("claims/<uuid:uid>/sample/frame.csv", views.frame_file, name="sample_frame"),
    path("claims/<uuid:uid>/pass/", views.pass_run, name="pass_run"),
    path("claims/tests/<uuid:uid>/", views.test, name="audit_test"),
]
