"""Addresses of one's own account; allauth's stand beside them."""

from django.urls import path

from kaaring.web.account import demo, home, invitation, settings

app_name = "account"
urlpatterns = [
    path("me/", home.home, name="home"),
    path("me/settings/", settings.settings, name="settings"),
    path("me/settings/save/", settings.save_settings, name="save_settings"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/accept/", invitation.accept, name="accept_invitation"),
    path("demo/", demo.demo, name="demo"),
    path("demo/<str:person>/", demo.sign_in, name="demo_sign_in"),
]
