"""Moments in Norwegian: «6. oktober 2026 kl. 09:30». Days and times are Django's own."""

DATETIME_FORMAT = r"j. F Y \k\l. H:i"
