"""`kaaring rekey`: encrypt protected answers with the newest key."""

from typing import Any

from django.utils.translation import ngettext

from kaaring.entries.actions import encrypt_again
from kaaring.jobs.commands import Command as KaaringCommand


class Command(KaaringCommand):
    help = "Encrypt every protected answer with the first of KAARING_FIELD_KEYS, so that older keys can go."

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        count = encrypt_again()
        sentence = ngettext(
            "%(count)d answer is encrypted with the first key.",
            "%(count)d answers are encrypted with the first key.",
            count,
        )
        self.answer({"count": count}, sentence % {"count": count}, as_json=as_json)
