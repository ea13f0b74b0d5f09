from django.urls import path

from casework.own_page import views

urlpatterns = [
    path("families/<uuid:uid>/own-pages/", views.own_pages, name="own_pages"),
    path("families/<uuid:uid>/own-pages/ask/", views.ask, name="ask_own_page"),
    path("own-pages/<uuid:uid>/release/", views.release, name="release_own_page"),
    path("own-pages/<uuid:uid>/send-back/", views.send_back, name="send_back_own_page"),
    path("own-pages/<uuid:uid>/hand-over/", views.hand_over, name="hand_over_own_page"),
    path("own-pages/<uuid:uid>/print/", views.print_easy, name="print_own_page"),
    path("own-pages/<uuid:uid>/end/", views.end, name="end_own_page"),
    path("own-words/<uuid:uid>/read/", views.read, name="read_own_word"),
]
