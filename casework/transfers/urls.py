from django.urls import path

from casework.transfers import views

urlpatterns = [
    path("families/<uuid:uid>/hand-over/", views.hand_over, name="hand_over"),
    path("families/<uuid:uid>/hand-over/withdraw/", views.withdraw, name="withdraw_transfer"),
    path("arrivals/", views.arrivals, name="arrivals"),
    path("arrivals/<uuid:uid>/", views.arrival, name="arrival"),
]
