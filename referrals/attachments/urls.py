from django.urls import path

from referrals.attachments import views

urlpatterns = [
    path("<uuid:uid>/files/", views.files, name="files"),
    path("<uuid:uid>/files/<uuid:file>/", views.file_of_draft, name="file_of_draft"),
    path("<uuid:uid>/files/<uuid:file>/take-off/", views.take_off, name="take_off"),
    path("triage/<uuid:uid>/files/<uuid:file>/", views.file_of_referral, name="file_of_referral"),
]
