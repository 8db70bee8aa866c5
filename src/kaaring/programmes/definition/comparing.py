"""What a later version of a definition would change, and what that means for answers already given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaaring.programmes.definition.faults import quoted
from kaaring.programmes.definition.schema import Definition
from kaaring.programmes.definition.writing import document


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where (``survey.questions.KB5.points``), what in words, and what it does."""

    path: str
    what: str
    effect: str


_Steps = tuple[str, ...]
_GONE = object()

_KEYED = frozenset(
    {
        ("survey", "questions"),
        ("survey", "areas"),
        ("survey", "themes"),
        ("survey", "channels"),
        ("survey", "classes"),
        ("categories",),
        ("category_groups",),
        ("territories",),
        ("facts",),
        ("terms",),
        ("key_figures",),
        ("awards",),
    }
)
"""Where things stand that have a code of their own."""

_THINGS: dict[_Steps, object] = {
    ("survey", "questions"): gettext_lazy("Question %(code)s"),
    ("survey", "areas"): gettext_lazy("Area %(code)s"),
    ("survey", "themes"): gettext_lazy("Theme %(code)s"),
    ("survey", "channels"): gettext_lazy("Channel %(code)s"),
    ("survey", "classes"): gettext_lazy("Class %(code)s"),
    ("survey", "allocation"): gettext_lazy("Allocation"),
    ("survey", "hours"): gettext_lazy("Hours"),
    ("survey", "scoring"): gettext_lazy("Scoring"),
    ("survey",): gettext_lazy("Survey"),
    ("jury",): gettext_lazy("Jury"),
    ("categories",): gettext_lazy("Category %(code)s"),
    ("category_groups",): gettext_lazy("Category group %(code)s"),
    ("territories",): gettext_lazy("Territory %(code)s"),
    ("facts",): gettext_lazy("Fact %(code)s"),
    ("terms",): gettext_lazy("Term %(code)s"),
    ("key_figures",): gettext_lazy("Key figure %(code)s"),
    ("fees",): gettext_lazy("Fees"),
    ("awards",): gettext_lazy("Award %(code)s"),
    ("timeline",): gettext_lazy("Timeline"),
    ("edition",): gettext_lazy("Edition"),
    ("programme",): gettext_lazy("Programme"),
}

_EFFECTS: dict[_Steps, object] = {
    ("survey", "questions", "*", "text"): gettext_lazy("Only the wording changes; all points stay."),
    ("survey", "questions", "*", "anchors"): gettext_lazy("Only the wording changes; all points stay."),
    ("survey", "questions", "*", "guidance"): gettext_lazy("Only the wording changes; all points stay."),
    ("survey", "questions", "*", "area"): gettext_lazy(
        "Answers already given to %(code)s count in the area of the version they were given under."
    ),
    ("survey", "questions", "*", "themes"): gettext_lazy(
        "Answers already given to %(code)s count in the themes of the version they were given under."
    ),
    ("survey", "questions", "*", "channels"): gettext_lazy(
        "Evaluations already stored keep their form; new ones ask %(code)s on these channels."
    ),
    ("survey", "questions", "*"): gettext_lazy(
        "Answers already given to %(code)s keep the points of the version they were given under."
    ),
    ("survey", "areas"): gettext_lazy("Evaluations already stored keep the areas of their version."),
    ("survey", "themes"): gettext_lazy("Evaluations already stored keep the themes of their version."),
    ("survey", "channels"): gettext_lazy("It holds for enquiries still to be made, not for those made."),
    ("survey", "allocation"): gettext_lazy("The plan is to be made anew; enquiries already made stay."),
    ("survey", "hours"): gettext_lazy("It holds for enquiries still to be made, not for those made."),
    ("survey", "comments"): gettext_lazy("Comments already written stay."),
    ("survey", "classes"): gettext_lazy("Standings follow it from now on; published results stay."),
    ("survey", "scoring"): gettext_lazy("Standings follow it from now on; published results stay."),
    ("survey",): gettext_lazy("Pages show it from now on; published results stay."),
    ("jury",): gettext_lazy("Scorecards that are final stay; open ones follow it."),
    ("categories",): gettext_lazy("Scorecards that are final stay; open ones follow it."),
    ("facts",): gettext_lazy("Eligibility follows it from now on; no score changes."),
    ("fees",): gettext_lazy("Invoices already sent stay."),
    ("awards",): gettext_lazy("Decisions already taken stay."),
    ("timeline",): gettext_lazy("Only announced dates change; no score does."),
    (): gettext_lazy("Only what is shown changes; no score does."),
}

_ADDED: dict[_Steps, object] = {
    ("survey", "questions", "*"): gettext_lazy("Evaluations already stored keep their scores without it."),
}
_REMOVED: dict[_Steps, object] = {
    ("survey", "questions", "*"): gettext_lazy("Answers already given to it stay and keep counting."),
    ("survey", "classes", "*"): gettext_lazy("Its participants need another class."),
    ("survey", "channels", "*"): gettext_lazy("Enquiries already made on it stay; no more are planned."),
}


def changes(old: Definition, new: Definition) -> tuple[Change, ...]:
    """Return what the new definition changes, in the order of the file; nothing when they mean the same."""
    return tuple(_differences(document(old), document(new), ()))


def _differences(old: Any, new: Any, at: _Steps) -> Iterator[Change]:
    if old == new:
        return
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        yield _changed(old, new, at)
        return
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in before:
            yield from _appeared(after[name], (*at, name))
        elif name not in after:
            yield from _disappeared(before[name], (*at, name))
        else:
            yield from _differences(before[name], after[name], (*at, name))
    if _is_reordered(old, new):
        what = _("%(thing)s: in another order") % {"thing": _things(at)}
        yield Change(_dotted(at), what, _("Forms and pages follow the new order; no score changes."))


def _is_reordered(old: Any, new: Any) -> bool:
    """Whether what stands in both lists stands in another order."""
    if not isinstance(old, list) or not isinstance(new, list):
        return False
    before, after = _by_name(old) or {}, _by_name(new) or {}
    return [name for name in before if name in after] != [name for name in after if name in before]


def _by_name(value: Any) -> dict[str, Any] | None:
    """Return the parts of a value by name or code; None for what has no named parts."""
    if isinstance(value, Mapping):
        return {str(name): inner for name, inner in value.items()}
    if isinstance(value, list) and all(isinstance(inner, Mapping) and "code" in inner for inner in value):
        return {inner["code"]: inner for inner in value}
    return None


def _appeared(value: Any, at: _Steps) -> Iterator[Change]:
    if _names_a_thing(at):
        yield Change(_dotted(at), _("%(thing)s: new") % {"thing": _thing(at)}, _effect(at, _ADDED))
    else:
        yield _changed(_GONE, value, at)


def _disappeared(value: Any, at: _Steps) -> Iterator[Change]:
    if _names_a_thing(at):
        yield Change(_dotted(at), _("%(thing)s: taken out") % {"thing": _thing(at)}, _effect(at, _REMOVED))
    else:
        yield _changed(value, _GONE, at)


def _names_a_thing(at: _Steps) -> bool:
    """Whether the steps lead to a thing as a whole, such as a question, and not to a detail of one."""
    return at in _THINGS or at[:-1] in _KEYED


def _changed(old: Any, new: Any, at: _Steps) -> Change:
    words = {"thing": _thing(at), "detail": _detail(at), "old": _shown(old), "new": _shown(new)}
    if old is _GONE:
        what = _("%(thing)s: “%(detail)s” is new: %(new)s") % words
    elif new is _GONE:
        what = _("%(thing)s: “%(detail)s” is taken out, was %(old)s") % words
    else:
        what = _("%(thing)s: “%(detail)s” is now %(new)s, was %(old)s") % words
    return Change(_dotted(at), what, _effect(at, _EFFECTS))


def _dotted(at: _Steps) -> str:
    return ".".join(at)


def _split(at: _Steps) -> tuple[_Steps, str, _Steps]:
    """Return the steps to the kind of thing, the code of the thing, and the steps inside it."""
    for length in range(len(at), 0, -1):
        kind = at[:length]
        if kind in _THINGS:
            has_code = kind in _KEYED and len(at) > length
            return kind, at[length] if has_code else "", at[length + has_code :]
    return (), "", at


def _thing(at: _Steps) -> str:
    kind, code, _inside = _split(at)
    if not kind:
        return at[0]
    return str(_THINGS[kind]) % {"code": code}


def _things(at: _Steps) -> str:
    """Return what to call a list that stands in another order: its thing, or its name in the file."""
    return at[-1] if at in _THINGS else _thing(at)


def _detail(at: _Steps) -> str:
    return " ".join(_split(at)[2]) or at[-1]


def _effect(at: _Steps, effects: Mapping[_Steps, object]) -> str:
    """Return the effect told of the nearest thing around; what appears or goes may have one of its own."""
    code = at[2] if len(at) > 2 else ""
    nearest = [
        steps
        for length in range(len(at), -1, -1)
        for steps in (at[:length], (*at[:2], "*", *at[3:length])[:length])
    ]
    return next(
        str(table[steps]) % {"code": code}
        for table in (effects, _EFFECTS)
        for steps in nearest
        if steps in table
    )


def _shown(value: Any) -> str:
    """Return a value as it can stand in a sentence, in the way the file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_shown(inner) for inner in value) + "]"
    return quoted(value) if isinstance(value, str) else str(value)
