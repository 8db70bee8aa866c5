"""Addresses of nominees' own pages."""

from django.urls import URLPattern

app_name = "nominee"
urlpatterns: list[URLPattern] = []
