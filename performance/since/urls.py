from django.urls import path

from performance.since import views

urlpatterns = [path("claims/<uuid:uid>/since/", views.since, name="since")]
