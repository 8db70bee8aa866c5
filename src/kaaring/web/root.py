"""Addresses without a language: the front door, the icon, and the organisers' own colours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from kaaring.people.models import Organiser


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Send the reader to the front page in the language the browser asks for."""
    response = redirect("public:home")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for an icon at the address of old to ours."""
    response = redirect(static("kaaring/icon.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Return an organiser's stylesheet: the accent, and the logo if there is one."""
    organiser = Organiser.objects.filter(slug=slug).first()
    if organiser is None:
        raise Http404
    rules = f":root {{ --accent: {organiser.accent};"
    if organiser.logo:
        rules += f' --logo: url("/theme/{organiser.slug}.svg");'
    response = HttpResponse(rules + " }\n", content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    """Return an organiser's logo as a picture that can run nothing."""
    organiser = Organiser.objects.filter(slug=slug).exclude(logo="").first()
    if organiser is None:
        raise Http404
    response = HttpResponse(organiser.logo, content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "public, max-age=300"
    return response


urlpatterns = [
    path("", front_door, name="front_door"),
    path("favicon.ico", icon, name="icon"),
    path("theme/<slug:slug>.css", theme, name="theme"),
    path("theme/<slug:slug>.svg", logo, name="logo"),
]
