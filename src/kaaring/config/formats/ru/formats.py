"""Moments in Russian: «6 октября 2026 г. в 09:30», hours always with two digits. Days are Django's own."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y г. в H:i"
