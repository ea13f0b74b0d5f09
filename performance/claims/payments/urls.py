from django.urls import path

from performance.claims.payments import behind_pages, views

urlpatterns = [
    path("claims/<uuid:uid>/payment.csv", views.as_csv, name="payment_file"),
    path("claims/<uuid:uid>/remittances/new/", views.enter, name="enter_remittance"),
    path("claims/remittances/<uuid:uid>/", views.remittance, name="remittance"),
    path("claims/remittances/<uuid:uid>/confirm/", views.confirm, name="confirm_remittance"),
    path("claims/remittances/<uuid:uid>/take-back/", views.take_back, name="take_back_remittance"),
    path("claims/lines/<uuid:uid>/", views.line, name="claim_line"),
    path("claims/<uuid:uid>/lines-behind/", behind_pages.lines, name="lines_behind"),
    path("claims/<uuid:uid>/lines-behind/<uuid:line_uid>/", behind_pages.line, name="line_behind"),
    path("claims/entries/<uuid:uid>/reverse/", views.reverse, name="reverse_claim_entry"),
]
