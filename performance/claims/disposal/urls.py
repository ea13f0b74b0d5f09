from django.urls import path

from performance.claims.disposal import views

urlpatterns = [
    path("claims/disposals/", views.disposals, name="disposals"),
    path("claims/<uuid:uid>/disposal/", views.disposal, name="disposal"),
    path("claims/<uuid:uid>/disposal/propose/", views.propose, name="propose_disposal"),
    path("claims/<uuid:uid>/disposal/keep/", views.keep, name="keep_evidence"),
    path("claims/<uuid:uid>/disposal/confirm/", views.confirm, name="confirm_disposal"),
]
