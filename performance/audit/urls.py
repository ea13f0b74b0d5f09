from django.urls import path, re_path

from performance.audit import views

UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
PACK = rf"(?P<uid>{UUID})/pack\.(?P<form>pdf|zip)$"
urlpatterns = [
    path("claims/<uuid:uid>/sample/", views.sample, name="sample"),
    path("claims/<uuid:uid>/sample/draw/", views.draw_sample, name="draw_sample"),
    path("claims/<uuid:uid>/sample/extend/", views.extend_sample, name="extend_sample"),
    path("claims/<uuid:uid>/sample/frame.csv", views.frame_file, name="sample_frame"),
    path("claims/<uuid:uid>/pass/", views.pass_run, name="pass_run"),
    path("claims/<uuid:uid>/population/", views.population, name="population"),
    path("claims/<uuid:uid>/population.csv", views.population_file, name="population_file"),
    path("claims/tests/<uuid:uid>/", views.test, name="audit_test"),
    re_path(rf"^claims/tests/{PACK}", views.pack_of_test, name="audit_pack"),
    re_path(rf"^claims/packs/{PACK}", views.pack_of_claim, name="claim_pack"),
]
