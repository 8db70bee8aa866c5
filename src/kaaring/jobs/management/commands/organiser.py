"""`kaaring organiser`: an organiser and its first owner, on a new installation."""

from typing import Any

from django.core.management import CommandParser
from django.db import transaction
from django.utils import timezone

from kaaring.jobs.commands import BY_COMMAND
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.people import actions, queries
from kaaring.people.models import Organiser


class Command(KaaringCommand):
    help = (
        "Create an organiser, if it is not there, and give it its first owner; owners invite everybody else."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="small letters, digits and hyphens")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="who signs in first")
        parser.add_argument("--name", help="what people see; the slug where it is left out")
        parser.add_argument("--language", default="nb", help="of the owner's messages: nb, en or ru")

    @transaction.atomic
    def handle(self, *args: Any, slug: str, owner: str, **options: Any) -> None:
        at = timezone.now()
        name = options["name"] or slug
        organiser, _made = Organiser.objects.get_or_create(slug=slug, defaults={"name": name})
        user = queries.person_at(owner) or actions.open_account(
            owner, name="", language=options["language"], by=BY_COMMAND, at=at
        )
        actions.give_first_owner(organiser, user, by=BY_COMMAND, at=at)
        self.answer(
            {"organiser": slug, "owner": owner},
            f"{owner} owns {organiser} and can sign in with a code sent by e-mail.",
            as_json=options["as_json"],
        )
