from django.urls import path

from casework.glance import views

urlpatterns = [path("families/", views.my_families, name="my_families")]
