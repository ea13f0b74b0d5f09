from django.urls import path, re_path

from performance.claims import names_pages, views
from performance.claims.payments import urls as payments

UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
urlpatterns = [
    *payments.urlpatterns,
    path("claims/", views.runs, name="claim_runs"),
    path("claims/new/", views.new_run, name="new_claim_run"),
    path("claims/<uuid:uid>/", views.run, name="claim_run"),
    path("claims/<uuid:uid>/claims/", views.claims, name="claims"),
    path("claims/<uuid:uid>/review/<slug:slug>/", names_pages.review, name="review_claims"),
    path("claims/<uuid:uid>/sign/", names_pages.sign, name="sign_run"),
    path("claims/<uuid:uid>/certify/", names_pages.certify, name="certify_run"),
    path("claims/<uuid:uid>/submit/", names_pages.submit, name="submit_run"),
    path("claims/<uuid:uid>/withdraw/", views.withdraw, name="withdraw_run"),
    re_path(rf"^claims/(?P<uid>{UUID})/submission\.(?P<form>csv|xlsx)$", views.submission, name="submission"),
    path("claims/judged/<uuid:uid>/", views.judged, name="judged"),
    path("claims/judged/<uuid:uid>/case.json", views.case_file, name="case_file"),
]
