from django.urls import path

from casework.stars import views

urlpatterns = [
    path("families/<uuid:uid>/star/", views.star, name="star"),
    path("families/<uuid:uid>/star/take/", views.take_reading, name="take_reading"),
    path("readings/<uuid:uid>/correct/", views.correct_reading, name="correct_reading"),
]
