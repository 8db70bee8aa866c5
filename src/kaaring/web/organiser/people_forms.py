"""Forms of the page about people."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kaaring.jury.rules.jurors import IN_A_JURY
from kaaring.people.models import MemberRole, User
from kaaring.programmes.models import Edition, EditionRole
from kaaring.survey.queries import participants_of

MEMBER, PART = "member", "part"
INVITED = [choice for choice in EditionRole.choices if choice[0] not in IN_A_JURY]
"""Everybody but jurors, who are invited once their conflicts of interest have been looked at."""
PARTS = [choice for choice in INVITED if choice[0] != EditionRole.PARTICIPANT_CONTACT]


def known_people(edition: Edition) -> QuerySet[User]:
    """Return who belongs to the organiser or has a part in the edition."""
    belongs = Q(memberships__organiser=edition.programme.organiser_id) | Q(parts__edition=edition)
    return User.objects.filter(belongs).distinct().order_by("name", "email")


def _offers(edition: Edition, *, is_owner: bool) -> list[tuple[str, list[tuple[str, Any]]]]:
    offers = [(edition.title, [(f"{PART}:{role}", label) for role, label in INVITED])]
    if is_owner:
        membership = [(f"{MEMBER}:{role}", label) for role, label in MemberRole.choices]
        offers.append((edition.programme.organiser.name, membership))
    return offers


class InviteForm(forms.Form):
    """An address and what is offered: a part in the edition or, by owners, membership of the organiser."""

    def __init__(self, *args: Any, edition: Edition, is_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        participants = participants_of(edition).values_list("code", "name")
        self.fields |= {
            "address": forms.EmailField(
                label=_("E-mail address"),
                help_text=_("Only the person who reads this address can accept."),
                widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            ),
            "offer": forms.ChoiceField(label=_("Role"), choices=_offers(edition, is_owner=is_owner)),
            "participant": forms.ChoiceField(
                label=_("Participant"),
                help_text=_("For a participant's contact only."),
                choices=[("", "–"), *participants],
                required=False,
            ),
            "language": forms.ChoiceField(
                label=_("Language of the message"),
                help_text=_("People who have an account are written to in their own language."),
                choices=[(code, settings.LANGUAGE_NAMES[code]) for code, _name in settings.LANGUAGES],
                initial=edition.languages[0],
            ),
        }

    @property
    def email(self) -> str:
        return str(self.cleaned_data["address"])

    @property
    def is_member(self) -> bool:
        return str(self.cleaned_data["offer"]).startswith(f"{MEMBER}:")

    @property
    def role(self) -> str:
        return str(self.cleaned_data["offer"]).partition(":")[2]


class PartForm(forms.Form):
    """A further part for somebody who is here already."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "part_%s", **kwargs})
        here = known_people(edition)
        self.fields |= {
            "who": forms.ModelChoiceField(
                label=_("Person"), queryset=here, to_field_name="public_id", empty_label=_("Choose")
            ),
            "role": forms.ChoiceField(label=_("Role"), choices=PARTS),
        }

    @property
    def person(self) -> User:
        who = self.cleaned_data["who"]
        assert isinstance(who, User)
        return who
