"""`kaaring demo`: the product with its demo editions; what `make demo` runs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser, call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from kaaring.jobs import demonstration
from kaaring.jobs.commands import Command as KaaringCommand
from kaaring.kernel.refused import Refused, refuse
from kaaring.people.models import User
from kaaring.programmes.models import Edition


class Command(KaaringCommand):
    help = "Make the demo editions if they are not there, and serve them."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="make the data, then stop")
        parser.add_argument("--fill", action="store_true", help="fill the database that DATABASE_URL names")

    def handle(self, *args: Any, port: int, no_serve: bool, fill: bool, **options: Any) -> None:
        if fill or os.environ.get("DATABASE_URL"):
            self._fill()
        elif not Path(settings.DATABASES["default"]["NAME"]).exists():
            self._make_beside(Path(settings.DATABASES["default"]["NAME"]))
        else:
            self._fill()
        if fill or no_serve:
            return
        self._tell(port)
        call_command("serve", bind=f"127.0.0.1:{port}", workers=1)

    def _make_beside(self, final: Path) -> None:
        """Make the database under another name, so that a stopped start leaves no half-made one behind."""
        making = final.with_name(f"{final.stem}.making{final.suffix}")
        for leftover in final.parent.glob(f"{making.name}*"):
            leftover.unlink()
        self.stdout.write("Making the demo editions (once, about a minute) …")
        self.stdout.flush()
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{making}", "KAARING_DEMO": "1"}
        subprocess.run([sys.executable, "-m", "kaaring", "demo", "--fill"], env=environment, check=True)
        making.rename(final)

    def _fill(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if Edition.objects.exists():
            demonstration.keep_going(at=timezone.now())
            return
        refuse(_against_real_mail())
        demonstration.make(at=timezone.now())

    def _tell(self, port: int) -> None:
        accounts = User.objects.filter(email__endswith=f"@{demonstration.ADDRESS}").order_by("pk")
        self.stdout.write(f"\nKåring runs on http://localhost:{port}   (stop with Ctrl+C)\n\n")
        self.stdout.write(f"Sign in with one click: http://localhost:{port}/en/account/demo/\n")
        for user in accounts:
            self.stdout.write(f"  {user.email:38} {user.name}")
        self.stdout.write("")
        self.stdout.flush()


def _against_real_mail() -> Refused | None:
    """Making the demonstration invites invented people, whom no mail server is to look for."""
    if settings.DEMO or not os.environ.get("KAARING_MAIL_HOST"):
        return None
    return Refused(
        "mail_is_real",
        _(
            "The demonstration writes to invented people, and a mail server is set up here. "
            "Set KAARING_DEMO=1, which sends nothing, or unset KAARING_MAIL_HOST."
        ),
    )
