from django.urls import path

from casework.merging import views

urlpatterns = [
    path("families/<uuid:uid>/known-twice/", views.choose, name="known_twice"),
    path("families/<uuid:uid>/is/<uuid:one>/", views.merge, name="merge_families"),
    path("families-made-one/<uuid:uid>/", views.merged, name="merged_families"),
]
