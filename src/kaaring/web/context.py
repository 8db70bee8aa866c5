"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the languages this page can be read in, and whether this is the demonstration."""
    here = request.get_full_path()
    others = [
        (code, name, translate_url(here, code)) for code, name in settings.LANGUAGES if code != get_language()
    ]
    return {"other_languages": others, "is_demo": settings.DEMO}
