from django.urls import path

from casework.to_do import views

urlpatterns = [path("tasks/", views.mine, name="my_tasks")]
