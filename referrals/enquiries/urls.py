from django.urls import path

from referrals.enquiries import views

urlpatterns = [path("<uuid:uid>/reply/", views.reply, name="reply")]
