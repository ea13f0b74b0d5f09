from django.urls import path

from performance.quality import views

urlpatterns = [
    path("quality/", views.quality, name="quality"),
    path("quality/<slug:code>/", views.gap, name="quality_gap"),
]
