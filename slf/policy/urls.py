from django.urls import path

from slf.policy import views

app_name = "policy"
urlpatterns = [
    path("", views.settings, name="settings"),
    path("<slug:key>/", views.setting, name="setting"),
    path("<slug:key>/propose/", views.propose, name="propose"),
    path("<slug:key>/<uuid:uid>/confirm/", views.confirm, name="confirm"),
    path("<slug:key>/<uuid:uid>/take-back/", views.take_back, name="take_back"),
]
