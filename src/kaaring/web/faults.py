"""Pages for what is not there and for what broke."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none for this reader: the two look the same."""
    return render(request, "not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault and that nothing was lost."""
    return render(request, "broken.html", status=500)
