from django.urls import path

from families.merging import views

urlpatterns = [
    path("twice/", views.twice, name="twice"),
    path("<uuid:uid>/twice/", views.choose, name="twice_here"),
    path("twice/<uuid:uid>/is/<uuid:one>/", views.merge, name="merge"),
    path("one/<uuid:uid>/", views.merged, name="merged"),
]
