"""Days and moments in forms, within the years that can be shown on every clock."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kaaring.kernel.tables.cells import YEARS


class Day(forms.DateField):
    """A day."""

    def validate(self, value: Any) -> None:
        """Refuse years that cannot be shown on every clock."""
        super().validate(value)
        _in_known_years(value)


class Moment(forms.DateTimeField):
    """A day with its time."""

    def validate(self, value: Any) -> None:
        """Refuse years that cannot be shown on every clock."""
        super().validate(value)
        _in_known_years(value)


def _in_known_years(day: date | None) -> None:
    if day is not None and day.year not in YEARS:
        years = {"first": YEARS.start, "last": YEARS.stop - 1}
        raise ValidationError(_("Write a year from %(first)d to %(last)d."), params=years)
