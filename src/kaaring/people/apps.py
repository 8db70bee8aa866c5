"""How Django calls this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kaaring.people"
    default_auto_field = "django.db.models.BigAutoField"
