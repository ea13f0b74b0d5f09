from django.urls import path

from casework.documents import views

urlpatterns = [
    path("families/<uuid:uid>/documents/", views.documents, name="documents"),
    path("families/<uuid:uid>/documents/keep/", views.keep_document, name="keep_document"),
    path("documents/<uuid:uid>/", views.document, name="document"),
    path("documents/<uuid:uid>/new-version/", views.add_version, name="add_document_version"),
    path("documents/<uuid:uid>/entered-in-error/", views.say_mistake, name="document_mistake"),
    path("documents/versions/<uuid:uid>/file/", views.document_file, name="document_file"),
    path("documents/versions/<uuid:uid>/preview/", views.document_preview, name="document_preview"),
]
