"""What came of an import."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were new, replaced what was there, or were there already.

    ``held`` names the enquiries whose evaluations wait for a reviewer, since too little was observed in
    them, ``new_jurors`` the codes of jurors whom marks made known. A dry run counts what would be done.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    held: tuple[str, ...] = ()
    is_dry_run: bool = False
    new_jurors: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as plain data, for programs and for keeping."""
        return {**asdict(self), "held": list(self.held), "new_jurors": list(self.new_jurors)}

    def __str__(self) -> str:
        counts = _("%(created)d new, %(changed)d changed, %(unchanged)d as before.") % asdict(self)
        said = [_("Nothing was written: this was a trial."), counts] if self.is_dry_run else [counts]
        if self.held:
            said.append(
                ngettext(
                    "%(count)d evaluation waits for a reviewer, since too little was observed: %(codes)s.",
                    "%(count)d evaluations wait for a reviewer, since too little was observed: %(codes)s.",
                    len(self.held),
                )
                % {"count": len(self.held), "codes": ", ".join(self.held)}
            )
        if self.new_jurors:
            new = ngettext("New juror: %(codes)s.", "New jurors: %(codes)s.", len(self.new_jurors))
            said.append(new % {"codes": ", ".join(self.new_jurors)})
        return " ".join(said)
