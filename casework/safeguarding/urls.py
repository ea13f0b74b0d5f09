from django.urls import path

from casework.safeguarding import views

urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/new/", views.start, name="concern_start"),
    path("concerns/notes/<uuid:uid>/", views.draft, name="concern_draft"),
    path("concerns/<uuid:uid>/", views.concern, name="concern"),
    path("concerns/<uuid:uid>/add/<slug:step>/", views.add_step, name="concern_step"),
    path("concerns/<uuid:uid>/review/", views.review, name="review_concern"),
    path("concerns/<uuid:uid>/mistake/", views.mistake, name="concern_mistake"),
    path("concerns/<uuid:uid>/mistake/decide/", views.decide, name="decide_mistake"),
    path("families/<uuid:uid>/concerns/", views.of_family, name="family_concerns"),
]
