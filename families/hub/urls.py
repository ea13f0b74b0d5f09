from django.urls import path

from families.hub import views

urlpatterns = [
    path("feeds/", views.files, name="feed_files"),
    path("feeds/new/", views.send_file, name="send_feed_file"),
    path("feeds/<uuid:uid>/", views.file, name="feed_file"),
    path("feeds/<uuid:uid>/to-mend/", views.rows_to_mend, name="feed_rows_to_mend"),
    path("feeds/<uuid:uid>/unmatched/", views.rows_unmatched, name="feed_rows_unmatched"),
]
