from django.urls import path

from casework.star_tools import views

urlpatterns = [
    path("stars/", views.star_tools, name="star_tools"),
    path("stars/load/", views.load_star, name="load_star"),
]
