from django.urls import path

from slf.files import views

app_name = "files"
urlpatterns = [path("", views.files, name="files")]
