"""How Django calls this package."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kaaring.reports"
