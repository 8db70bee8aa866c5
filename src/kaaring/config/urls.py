"""Every address: one folder per audience, each page under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that the process serves, for load balancers; touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("kaaring.web.root")),
    *i18n_patterns(
        path("account/", include("kaaring.web.account.urls")),
        path("account/", include("allauth.urls")),
        path("organiser/", include("kaaring.web.organiser.urls")),
        path("participant/", include("kaaring.web.participant.urls")),
        path("entrant/", include("kaaring.web.entrant.urls")),
        path("juror/", include("kaaring.web.juror.urls")),
        path("nominee/", include("kaaring.web.nominee.urls")),
        path("", include("kaaring.web.public.urls")),
    ),
]
handler400 = "kaaring.web.faults.unreadable"
handler404 = "kaaring.web.faults.not_found"
handler500 = "kaaring.web.faults.broken"
