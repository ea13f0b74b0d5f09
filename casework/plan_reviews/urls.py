from django.urls import path

from casework.plan_reviews import views

urlpatterns = [
    path("families/<uuid:uid>/plan/reviews/", views.reviews, name="plan_reviews"),
    path("families/<uuid:uid>/plan/reviews/new/", views.review, name="review_plan"),
]
