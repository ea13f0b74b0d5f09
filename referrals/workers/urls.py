from django.urls import path

from referrals.workers import views

urlpatterns = [
    path("workers/me/", views.me, name="my_days"),
    path("workers/<uuid:uid>/", views.worker, name="worker"),
    path("workers/<uuid:uid>/days/", views.pattern, name="worker_days"),
    path("workers/<uuid:uid>/leave/", views.leave, name="worker_leave"),
    path("workers/<uuid:uid>/leave/<uuid:leave_uid>/cancel/", views.cancel, name="cancel_leave"),
]
