"""How answers become scores: what counts, from how many enquiries on, who wins a tie, and what is shown."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kaaring.kernel.refused import Refused
from kaaring.kernel.text import said
from kaaring.programmes.definition import Definition
from kaaring.programmes.definition.editing import with_scoring
from kaaring.programmes.definition.faults import Finding
from kaaring.programmes.definition.schema import Scoring, Survey
from kaaring.results.queries.measures import measures_of
from kaaring.web import respond
from kaaring.web.organiser.desk import (
    Change,
    Desk,
    FormPage,
    Group,
    around,
    carry_out,
    desk_if_measured,
    desk_of,
    form_page,
    refused_for,
)
from kaaring.web.organiser.setup_fields import Label, offer
from kaaring.web.organiser.shell import edition_changed_by, edition_seen_by, shell
from kaaring.web.request import SignedIn

TIES = ("tie_1", "tie_2", "tie_3")
WHOLE = 100


class ScoringForm(forms.Form):
    """What decides a score, its place, and who sees which measures."""

    participant = forms.ChoiceField(
        label=gettext_lazy("A participant's score is"),
        choices=(
            (
                "mean_of_enquiries",
                gettext_lazy("the mean of its enquiries' scores: each enquiry weighs the same"),
            ),
            (
                "pooled",
                gettext_lazy("all points earned over all possible: enquiries with more questions weigh more"),
            ),
        ),
        widget=forms.RadioSelect,
    )
    unanswered = forms.ChoiceField(
        label=gettext_lazy("An unanswered enquiry"),
        choices=(
            ("zero", gettext_lazy("scores 0 in the total and in waiting")),
            ("leave_out", gettext_lazy("is left out")),
        ),
        widget=forms.RadioSelect,
    )
    least_observed = forms.DecimalField(
        label=gettext_lazy("Least observed, in per cent"),
        help_text=gettext_lazy(
            "An evaluation in which less of the possible points could be observed waits for a reviewer."
        ),
        min_value=Decimal(0),
        max_value=Decimal(WHOLE),
        max_digits=6,
        decimal_places=3,
        localize=True,
    )
    minimum_enquiries = forms.IntegerField(
        label=gettext_lazy("Fewest enquiries"),
        help_text=gettext_lazy("With fewer a participant has no score and no place, and pages say why."),
        min_value=1,
        max_value=10000,
    )
    shared_when = forms.ChoiceField(
        label=gettext_lazy("A place is shared when"),
        choices=(
            ("rounded_equal", gettext_lazy("the figures shown are equal")),
            ("equal", gettext_lazy("the exact scores are equal")),
        ),
        widget=forms.RadioSelect,
    )
    results = forms.MultipleChoiceField(
        label=gettext_lazy("Shown for each participant"),
        help_text=gettext_lazy("The first decides the places of the result list."),
        error_messages={"required": gettext_lazy("Choose at least one.")},
        widget=forms.CheckboxSelectMultiple,
    )
    publish_means = forms.MultipleChoiceField(
        label=gettext_lazy("Means over all that are public"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, definition: Definition, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey = survey
        named = {one.code: said(one.name) for one in measures_of(definition)}
        offer(self, "results", _offered(named, survey.results))
        offer(self, "publish_means", _offered(named, survey.public_means()))
        for number, name in enumerate(TIES, start=1):
            label = _("Tie-breaker %(number)d") % {"number": number}
            choices: list[tuple[str, Label]] = [("", _("none: the place is shared")), *named.items()]
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def groups(self) -> list[Group]:
        """Return the fields by what they decide."""
        parts = (
            (_("Scores"), "", ("participant", "unanswered", "least_observed", "minimum_enquiries")),
            (
                _("Places"),
                _("Where two scores are equal the measures named here decide, in this order."),
                ("shared_when", *TIES),
            ),
            (
                _("Shown"),
                _("What participants and the public see of the results."),
                ("results", "publish_means"),
            ),
        )
        return [Group(title, hint, [self[name] for name in names]) for title, hint, names in parts]

    def changed(self, definition: Definition) -> Definition:
        """Return the definition as the form says."""
        typed = self.cleaned_data
        ties = [typed[name] for name in TIES if typed[name]]
        scoring = Scoring.model_validate(
            {
                "participant": typed["participant"],
                "unanswered": typed["unanswered"],
                "least_observed": Fraction(typed["least_observed"]) / WHOLE,
                "minimum_enquiries": typed["minimum_enquiries"],
                "ties": (*dict.fromkeys(ties), *self.survey.scoring.ties[len(TIES) :]),
                "shared_when": typed["shared_when"],
            }
        )
        means = _in_order(self.survey.public_means(), typed["publish_means"])
        is_usual = self.survey.publish_means is None and means == self.survey.public_means()
        return with_scoring(
            definition,
            scoring,
            results=_in_order(self.survey.results, typed["results"]),
            publish_means=None if is_usual else means,
        )


@login_required
@require_safe
def scoring(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Show how scores come about."""
    found = edition_seen_by(request, programme, edition)
    desk = desk_if_measured(found)
    if desk is None:
        return render(request, "organiser/questionnaire.html", shell(request, found, "scoring"))
    return _page(request, desk, _form(desk, None))


@login_required
@require_POST
def save_scoring(request: SignedIn, programme: str, edition: str) -> HttpResponse:
    """Change how scores come about."""
    desk = desk_of(edition_changed_by(request, programme, edition))
    form = _form(desk, request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=respond.UNPROCESSABLE)

    def again(refusal: Refused | None, faults: Sequence[Finding], status: int) -> HttpResponse:
        return _page(request, desk, form, refusal=refusal or refused_for(faults), status=status)

    listed = desk.address("scoring")
    return carry_out(request, desk, Change(form.changed, _("The change is stored."), listed, listed, again))


def _form(desk: Desk, posted: object) -> ScoringForm:
    survey, rules = desk.survey, desk.survey.scoring
    share = rules.least_observed * WHOLE
    initial = {
        "participant": rules.participant,
        "unanswered": rules.unanswered,
        "least_observed": (Decimal(share.numerator) / share.denominator).normalize(),
        "minimum_enquiries": rules.minimum_enquiries,
        "shared_when": rules.shared_when,
        "results": list(survey.results),
        "publish_means": list(survey.public_means()),
        **dict(zip(TIES, rules.ties, strict=False)),
    }
    return ScoringForm(posted, initial=initial, definition=desk.definition, survey=survey)


def _page(
    request: SignedIn, desk: Desk, form: ScoringForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    page = FormPage(
        here="scoring",
        title=_("Scoring"),
        lede=_("How answers become scores and places, and what is shown of them."),
        form=form,
        groups=form.groups(),
        save=desk.address("save_scoring"),
        back=("", ""),
    )
    return form_page(request, around(request, desk, page.here), page, refusal=refusal, status=status)


def _offered(named: dict[str, str], chosen: Iterable[str]) -> list[tuple[str, Label]]:
    """Return the measures to choose from; a single question's only where it is chosen already."""
    kept = set(chosen)
    return [(code, name) for code, name in named.items() if not code.startswith("question:") or code in kept]


def _in_order(before: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """Return the chosen measures, those that were there before in the order they had."""
    return (*(code for code in before if code in chosen), *(code for code in chosen if code not in before))


urlpatterns = [
    path("scoring/", scoring, name="scoring"),
    path("scoring/save/", save_scoring, name="save_scoring"),
]
