"""The page on which the public votes: choosing, confirming from one's mailbox, and being counted.

Programs that look through mail open every link in it, so opening one counts nothing: the button does. What is
answered never tells whether an address has voted before, and votes are nowhere counted up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from allauth.core import ratelimit
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kaaring.entries.models import Entry
from kaaring.jury.actions.voting import confirm
from kaaring.jury.models import Stage
from kaaring.jury.queries.voting import Held, candidates, chosen_in, is_counted, vote_on, votes_held
from kaaring.jury.rules.voting import against_confirming, against_voting
from kaaring.jury.voters import Choice, choice_in, token_of, voter_of
from kaaring.kernel.figures import local
from kaaring.kernel.refused import Refused, refuse
from kaaring.kernel.text import Text
from kaaring.programmes.definition import Definition
from kaaring.programmes.models import Edition
from kaaring.results.queries.juried.published import named
from kaaring.results.queries.runs import current_run
from kaaring.web import respond
from kaaring.web.public.editions import definition_of_edition
from kaaring.web.public.shell import around, edition_at, shown
from kaaring.web.public.vote_mail import NOT_SENT, Letter, send_link

GONE, TOO_MANY, UNAVAILABLE = 410, 429, 503
ASKED, MAILED = "vote_asked", "vote_mailed"
NO_CHOICE = ""


class Option(NamedTuple):
    """An entry that can be voted for, as the public may know it."""

    value: str
    title: str
    names: str
    is_chosen: bool


class Ballot(NamedTuple):
    """One category with its entries, of which one can be chosen, and what is wrong with the choice."""

    field: str
    category: Text
    options: list[Option]
    errors: list[str]


class VoteForm(forms.Form):
    """One choice in each category, at least one of them, and the address that the link goes to."""

    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)

    def __init__(self, *args: Any, entries: list[Entry], **more: Any) -> None:
        super().__init__(*args, **more)
        self.entries = entries
        for category, own in _by_category(entries):
            choices = [(NO_CHOICE, "-"), *((one.public_id, one.case.title) for one in own)]
            gone = _("This entry is no longer in the vote. Choose another one.")
            field = forms.ChoiceField(
                choices=choices, required=False, error_messages={"invalid_choice": gone}
            )
            self.fields[f"in-{category}"] = field

    def clean(self) -> dict[str, Any]:
        """Refuse to send a link behind which nothing is chosen."""
        names = [name for name in self.fields if name != "email"]
        if not any(name in self.errors for name in names) and not self.chosen():
            raise forms.ValidationError(_("Choose an entry in at least one category."))
        return self.cleaned_data

    def chosen(self) -> tuple[str, ...]:
        """Return the entries that were chosen, by their public ids."""
        typed: dict[str, str] = self.cleaned_data
        return tuple(value for name, value in typed.items() if name != "email" and value)


@dataclass(frozen=True, slots=True)
class There:
    """An edition and the vote in it that a page is about."""

    edition: Edition
    definition: Definition
    held: Held

    @property
    def names(self) -> bool:
        """Whether those who enter are named, as the rules of the stage say."""
        return self.held.rules.sees.names

    def entries(self) -> list[Entry]:
        """Return what can be voted for, category by category in the order of the rules, by title."""
        stage, order = self.held.stage, [one.code for one in self.definition.categories]
        found = candidates(stage) if stage else []
        known = [one for one in found if one.category.code in order]
        return sorted(known, key=lambda one: (order.index(one.category.code), one.case.title.lower()))


@never_cache
@require_safe
def vote(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Show what can be voted for, while the vote is open; else when it is or was."""
    there = _there(programme, edition)
    return _page(request, there, VoteForm(entries=there.entries()))


@never_cache
@require_POST
def ask(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Send the link that counts a choice to the address that was given."""
    there, at = _there(programme, edition), timezone.now()
    form = VoteForm(request.POST, entries=there.entries())
    stage = there.held.stage
    if stage is None:
        return _page(request, there, form, refusal=_not_open_yet(), status=respond.CONFLICT)
    if refusal := against_voting(stage, there.held.rules, at=at):
        return _page(request, there, form, refusal=refusal, status=respond.CONFLICT)
    if not form.is_valid():
        return _page(request, there, form, status=respond.UNPROCESSABLE)
    if not ratelimit.consume(request, action=ASKED):
        return _page(request, there, form, refusal=_too_many(), status=TOO_MANY)
    if not _is_sent(request, there, stage, form, at=at):
        return _page(request, there, form, refusal=_not_sent(), status=UNAVAILABLE)
    return redirect("public:vote_sent", programme, edition)


def _is_sent(request: HttpRequest, there: There, stage: Stage, form: VoteForm, *, at: datetime) -> bool:
    """Send the link, and say whether the mail server took it; an address that had one just now gets none."""
    address = form.cleaned_data["email"]
    choice = Choice(stage.pk, voter_of(stage, address), form.chosen(), at)
    if not ratelimit.consume(request, action=MAILED, key=choice.voter):
        return True
    chosen = [(one.category, one.case.title) for one in form.entries if one.public_id in choice.entries]
    letter = Letter(there.edition, stage, chosen, token_of(choice), at)
    try:
        send_link(letter, to=address, build=request.build_absolute_uri)
    except NOT_SENT:
        ratelimit.clear(request, action=MAILED, key=choice.voter)
        return False
    return True


@never_cache
@require_safe
def sent(request: HttpRequest, programme: str, edition: str) -> HttpResponse:
    """Say where to go on, whether or not a message went: the same to everybody."""
    there = _there(programme, edition)
    context = _around(there)
    return shown(request, "public/vote_sent.html", context, title=_("Look into your mailbox"), description="")


@never_cache
@require_safe
def link(request: HttpRequest, programme: str, edition: str, token: str) -> HttpResponse:
    """Show a choice and the button that counts it; nothing is counted by looking."""
    there = _there(programme, edition)
    try:
        choice, there = _of_link(programme, edition, token)
        refuse(_against(choice, there))
    except Refused as refusal:
        return _link_page(request, there, refusal=refusal, status=GONE)
    return _link_page(request, there, choice)


@never_cache
@require_POST
def count(request: HttpRequest, programme: str, edition: str, token: str) -> HttpResponse:
    """Count a choice."""
    there = _there(programme, edition)
    try:
        choice, there = _of_link(programme, edition, token)
        confirm(choice, at=timezone.now())
    except Refused as refusal:
        return _link_page(request, there, refusal=refusal, status=respond.CONFLICT)
    return redirect("public:vote_link", programme, edition, token)


def _there(programme: str, edition: str) -> There:
    """Return the vote of an edition that is on; without one there is no such page (404)."""
    found, definition, votes = _votes(programme, edition)
    held = vote_on(votes, at=timezone.now())
    if held is None:
        raise Http404
    return There(found, definition, held)


def _votes(programme: str, edition: str) -> tuple[Edition, Definition, list[Held]]:
    found = edition_at(programme, edition)
    definition = definition_of_edition(found)
    if definition is None:
        raise Http404
    return found, definition, votes_held(found, definition)


def _of_link(programme: str, edition: str, token: str) -> tuple[Choice, There]:
    """Return the choice of a link with the vote it is for; refused where that is none of this edition."""
    choice = choice_in(token)
    found, definition, votes = _votes(programme, edition)
    held = next((one for one in votes if one.stage is not None and one.stage.pk == choice.stage), None)
    if held is None:
        raise Refused("another_vote", _("This link belongs to another vote, or that vote is no longer held."))
    return choice, There(found, definition, held)


def _against(choice: Choice, there: There) -> Refused | None:
    assert there.held.stage is not None
    return against_confirming(choice, there.held.stage, there.held.rules, at=timezone.now())


def _around(there: There) -> dict[str, Any]:
    is_measured = there.definition.survey is not None
    is_published = current_run(there.edition) is not None
    return {
        **around(there.edition, "vote", is_published=is_published, is_measured=is_measured, is_voted=True),
        "rules": there.held.rules,
        "state": there.held.state(timezone.now()),
        "opens_at": local(there.held.period.opens_at, there.edition.timezone),
        "closes_at": local(there.held.period.closes_at, there.edition.timezone),
    }


def _page(
    request: HttpRequest,
    there: There,
    form: VoteForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _around(there) | {
        "ballots": list(_ballots(there, form)),
        "form": form,
        "refusal": refusal,
        "csrf_token": get_token(request),
    }
    title = _("Vote")
    about = _("Vote in %(edition)s.") % {"edition": there.edition.title}
    return shown(request, "public/vote.html", context, title=title, description=about, status=status)


def _ballots(there: There, form: VoteForm) -> Iterator[Ballot]:
    names = {one.code: one.name for one in there.definition.categories}
    for category, own in _by_category(form.entries):
        field = f"in-{category}"
        chosen = str(form[field].value() or NO_CHOICE)
        options = [_option(one, chosen, with_names=there.names) for one in own]
        yield Ballot(field, names[category], options, [str(one) for one in form[field].errors])


def _by_category(entries: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    for category, own in groupby(entries, key=lambda one: one.category.code):
        yield category, list(own)


def _option(entry: Entry, chosen: str, *, with_names: bool) -> Option:
    known = named(entry)
    names = [*([known.nominee] if known.nominee else []), *known.organisations] if with_names else []
    return Option(entry.public_id, known.title, " · ".join(names), entry.public_id == chosen)


def _link_page(
    request: HttpRequest,
    there: There,
    choice: Choice | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    stage = there.held.stage
    entries = chosen_in(stage, choice) if stage and choice else []
    is_done = choice is not None and is_counted(choice, entries)
    context = _around(there) | {
        "chosen": [(one.category, _option(one, "", with_names=there.names)) for one in entries],
        "gone": len(choice.entries) - len(entries) if choice else 0,
        "is_counted": is_done,
        "token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
        "refusal": refusal,
        "csrf_token": get_token(request),
    }
    title = _("Your votes are counted") if is_done else _("Your votes")
    response = shown(request, "public/vote_link.html", context, title=title, description="", status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _not_open_yet() -> Refused:
    return Refused("stage_not_open", _("The vote has not opened yet. Come back when it has."))


def _too_many() -> Refused:
    return Refused(
        "too_many",
        _("Many links were asked for from your network in a short time. Try again in ten minutes."),
    )


def _not_sent() -> Refused:
    return Refused(
        "not_sent",
        _("The message with the link could not be sent, so nothing is counted yet. Try again in a while."),
    )
