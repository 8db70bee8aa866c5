"""Areas, themes and channels: to read, to change, to add and to remove, each on a page of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.editing import (
    with_area,
    with_channel,
    with_theme,
    without_area,
    without_channel,
    without_theme,
)
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.definition.schema import Survey
from kaaring.survey.queries import participants_of
from kaaring.web import respond
from kaaring.web.organiser.desk import (
    Change,
    Desk,
    FormPage,
    Group,
    around,
    carry_out,
    desk_of,
    form_page,
    refused_for,
    tell,
)
from kaaring.web.organiser.measure_forms import (
    AreaForm,
    ChannelForm,
    ThemeForm,
    fixed,
    initial_of,
    initial_of_channel,
)
from kaaring.web.organiser.setup_fields import WordedForm, languages_for
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by
from kaaring.web.request import SignedIn

Make = Callable[[Definition, Any, str | None], Definition]


@dataclass(frozen=True)
class Sort:
    """One sort of thing: what it is called on its pages, and how it is found, changed and taken out."""

    code: str
    new: str | Promise
    one: str | Promise
    lede: str | Promise
    remove: str | Promise
    found_in: Callable[[Survey], Mapping[str, Any]]
    form: Callable[[Desk, str | None, Any], WordedForm]
    make: Make
    without: Callable[[Definition, str], Definition]


def _area_form(desk: Desk, code: str | None, posted: Any) -> WordedForm:
    area = next((one for one in desk.survey.areas if one.code == code), None)
    initial = initial_of(desk.survey, area) if area else {}
    return AreaForm(posted, initial=initial, languages=languages_for(desk.definition, area))


def _theme_form(desk: Desk, code: str | None, posted: Any) -> WordedForm:
    theme = next((one for one in desk.survey.themes if one.code == code), None)
    initial = initial_of(desk.survey, theme) if theme else {}
    return ThemeForm(posted, initial=initial, languages=languages_for(desk.definition, theme))


def _channel_form(desk: Desk, code: str | None, posted: Any) -> WordedForm:
    channel = desk.survey.channels[code] if code else None
    languages = languages_for(desk.definition, channel)
    initial = initial_of_channel(desk.survey, code) if code else {}
    form = ChannelForm(posted, initial=initial, languages=languages, survey=desk.survey, own=code)
    if code:
        fixed(form, code, _("It stays: participants and enquiries name the channel by it."))
    return form


def _make_area(definition: Definition, form: AreaForm, code: str | None) -> Definition:
    return with_area(definition, form.area(), has_comment=form.cleaned_data["has_comment"], replacing=code)


def _make_theme(definition: Definition, form: ThemeForm, code: str | None) -> Definition:
    return with_theme(definition, form.theme(), replacing=code)


def _make_channel(definition: Definition, form: ChannelForm, code: str | None) -> Definition:
    wanted = code or form.cleaned_data["code"]
    if code is None and definition.survey and wanted in definition.survey.channels:
        raise Refused("channel_known", _("There is a channel with this code already. Choose another code."))
    return with_channel(definition, wanted, form.channel(), enquiries=form.cleaned_data["enquiries"])


AREA = Sort(
    "area",
    gettext_lazy("New area"),
    gettext_lazy("Area"),
    gettext_lazy("Every scored question stands in exactly one area. Each area has its own score."),
    gettext_lazy("An area can be removed once no question stands in it."),
    lambda survey: {one.code: one for one in survey.areas},
    _area_form,
    _make_area,
    without_area,
)
THEME = Sort(
    "theme",
    gettext_lazy("New theme"),
    gettext_lazy("Theme"),
    gettext_lazy("A theme gathers questions across the areas. Each theme has its own score."),
    gettext_lazy("Its questions stay, and keep their other themes."),
    lambda survey: {one.code: one for one in survey.themes},
    _theme_form,
    _make_theme,
    without_theme,
)
CHANNEL = Sort(
    "channel",
    gettext_lazy("New channel"),
    gettext_lazy("Channel"),
    gettext_lazy("A way of contact, and how long an answer may take on it."),
    gettext_lazy("A channel can be removed once no participant has it and no question needs it."),
    lambda survey: survey.channels,
    _channel_form,
    _make_channel,
    without_channel,
)
SORTS = {sort.code: sort for sort in (AREA, THEME, CHANNEL)}


@login_required
@require_safe
def measure(request: SignedIn, programme: str, edition: str, code: str, sort: str) -> HttpResponse:
    """Show an area, a theme or a channel."""
    desk = desk_of(edition_seen_by(request, programme, edition))
    kind = SORTS[sort]
    _known(desk, kind, code)
    return _page(request, desk, kind, code, kind.form(desk, code, None))


@login_required
@require_safe
def new_measure(request: SignedIn, programme: str, edition: str, sort: str) -> HttpResponse:
    """Show an empty form for one more."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    return _page(request, desk, SORTS[sort], None, SORTS[sort].form(desk, None, None))


@login_required
@require_POST
def save_measure(
    request: SignedIn, programme: str, edition: str, sort: str, code: str | None = None
) -> HttpResponse:
    """Store a new or changed one."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    kind = SORTS[sort]
    if code is not None:
        _known(desk, kind, code)
    form = kind.form(desk, code, request.POST)
    if not form.is_valid():
        return _page(request, desk, kind, code, form, status=respond.UNPROCESSABLE)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        tell(form, faults, lambda fault: str(fault.path[-1]))
        return _page(request, desk, kind, code, form, refusal=refusal, status=status)

    main = desk.address("questionnaire")
    change = Change(
        lambda definition: kind.make(definition, form, code),
        _("The change is stored."),
        f"{main}#{sort}-{form.cleaned_data['code']}",
        desk.address(sort, code) if code else main,
        again,
    )
    return carry_out(request, desk, change)


@login_required
@require_POST
def remove_measure(request: SignedIn, programme: str, edition: str, code: str, sort: str) -> HttpResponse:
    """Take an area, a theme or a channel out."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    kind = SORTS[sort]
    _known(desk, kind, code)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        form = kind.form(desk, code, None)
        return _page(request, desk, kind, code, form, refusal=refusal or refused_for(faults), status=status)

    def without(definition: Definition) -> Definition:
        if kind is CHANNEL:
            refuse(_against_leaving_participants(desk, code))
        return kind.without(definition, code)

    done = _("“%(code)s” is taken out.") % {"code": code}
    change = Change(without, done, desk.address("questionnaire"), desk.address(sort, code), again)
    return carry_out(request, desk, change)


def _known(desk: Desk, kind: Sort, code: str) -> None:
    if code not in kind.found_in(desk.survey):
        raise Http404


def _against_leaving_participants(desk: Desk, channel: str) -> Refused | None:
    count = sum(channel in one for one in participants_of(desk.edition).values_list("channels", flat=True))
    if not count:
        return None
    return Refused(
        "channel_has_participants",
        ngettext(
            "%(count)d participant has this channel. Take it from the participant first.",
            "%(count)d participants have this channel. Take it from the participants first.",
            count,
        )
        % {"count": count},
    )


def _page(
    request: SignedIn,
    desk: Desk,
    kind: Sort,
    code: str | None,
    form: WordedForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    page = FormPage(
        here="questionnaire",
        title=said(kind.found_in(desk.survey)[code].name) if code else str(kind.new),
        kicker=f"{kind.one} · {code}" if code else "",
        lede=str(kind.lede),
        form=form,
        groups=(Group("", "", list(form)),),
        save=desk.address(f"save_{kind.code}", code) if code else desk.address(f"add_{kind.code}"),
        back=(_("Questionnaire"), desk.address("questionnaire")),
        remove=desk.address(f"remove_{kind.code}", code) if code else "",
        remove_hint=str(kind.remove),
    )
    return form_page(request, around(request, desk, page.here), page, refusal=refusal, status=status)


urlpatterns = [
    pattern
    for sort in SORTS
    for pattern in (
        path(f"questionnaire/add/{sort}/", new_measure, {"sort": sort}, name=f"new_{sort}"),
        path(f"questionnaire/add/{sort}/save/", save_measure, {"sort": sort}, name=f"add_{sort}"),
        path(f"questionnaire/{sort}s/<slug:code>/", measure, {"sort": sort}, name=sort),
        path(f"questionnaire/{sort}s/<slug:code>/save/", save_measure, {"sort": sort}, name=f"save_{sort}"),
        path(
            f"questionnaire/{sort}s/<slug:code>/remove/",
            remove_measure,
            {"sort": sort},
            name=f"remove_{sort}",
        ),
    )
]
