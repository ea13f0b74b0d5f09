from django.urls import path

from families.sharing import views

urlpatterns = [
    path("<uuid:uid>/sharing/", views.sharing, name="sharing"),
    path("<uuid:uid>/sharing/consent/", views.new_consent, name="new_consent"),
]
