from django.urls import path

from referrals.intake import views

urlpatterns = [
    path("", views.mine, name="mine"),
    path("start/", views.start, name="start"),
    path("<uuid:uid>/", views.referral, name="referral"),
    path("<uuid:uid>/danger/", views.danger, name="danger"),
    path("<uuid:uid>/danger/ring/", views.ring, name="ring"),
    path("<uuid:uid>/people/", views.people, name="people"),
    path("<uuid:uid>/home/", views.home, name="home"),
    path("<uuid:uid>/needs/", views.needs, name="needs"),
    path("<uuid:uid>/agreement/", views.agreement, name="agreement"),
    path("<uuid:uid>/check/", views.check, name="check"),
    path("<uuid:uid>/delete/", views.discard, name="discard"),
]
