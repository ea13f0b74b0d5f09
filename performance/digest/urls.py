from django.urls import path

from performance.digest import views

urlpatterns = [path("mail/", views.digest, name="digest")]
