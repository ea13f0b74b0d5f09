from django.urls import path

from families.notice import views

app_name = "notice"
urlpatterns = [path("privacy/", views.privacy, name="privacy")]
