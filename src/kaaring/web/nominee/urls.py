"""Addresses of nominees' own pages."""

from kaaring.web.nominee import page

app_name = "nominee"
urlpatterns = page.urlpatterns
