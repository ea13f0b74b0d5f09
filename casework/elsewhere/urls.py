from django.urls import path

from casework.elsewhere import views

urlpatterns = [path("goals/<uuid:uid>/actions/from/<slug:kind>/<uuid:source>/", views.carry, name="carry_over")]
