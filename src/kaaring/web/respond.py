"""The few ways a view answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kaaring.kernel.refused import Refused
from kaaring.web.request import Request

CONFLICT, UNPROCESSABLE = 409, 422


def with_part(request: Request, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer htmx with the named part (``page.html#part``) and a plain request with the whole page."""
    name = template if request.htmx else template.partition("#")[0]
    return render(request, name, context, status=status)


def refused(request: Request, template: str, refusal: Refused, context: dict[str, Any]) -> HttpResponse:
    """Answer with the page again, what was refused and why on top, and nothing lost that was typed."""
    return with_part(request, template, {**context, "refusal": refusal}, status=CONFLICT)


def go_to(request: Request, view: str, *args: Any, said: str = "") -> HttpResponse:
    """Send the reader on to a page, with a sentence that says what was done."""
    if said:
        messages.success(request, said)
    return redirect(view, *args)
