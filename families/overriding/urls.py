from django.urls import path

from families.overriding import views

urlpatterns = [
    path("overrides/", views.waiting, name="overrides"),
    path("overrides/<uuid:uid>/review/", views.review, name="review_override"),
    path("<uuid:uid>/evidence/show/", views.show, name="show_all_the_same"),
    path("<uuid:uid>/evidence/show/<uuid:override>/end/", views.end, name="end_override"),
]
