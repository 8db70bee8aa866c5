"""A logo is a drawing and nothing else: cleaning the SVG that an organiser brings."""

import re
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from kaaring.kernel.refused import Refused, refuse

LARGEST = 20_000
SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ELEMENTS = re.compile(
    r"svg|g|defs|symbol|use|title|desc|style|path|rect|circle|ellipse|line|polyline|polygon|text|tspan"
    r"|(linear|radial)Gradient|stop|clipPath|mask|pattern"
)
ATTRIBUTES = re.compile(
    r"d|d?[xy]|[xy][12]|[cfr][xy]|r|width|height|points|offset|transform|viewBox|preserveAspectRatio"
    r"|(fill|stroke|stop|clip|vector|font|text|letter|dominant)(-[a-z]+)*|opacity|color|mask|display|visibility"
    r"|gradient(Units|Transform)|spreadMethod|pattern(Units|Transform)|(clipPath|mask)Units"
    r"|id|class|style|role|aria-label|version|href"
)
ACTING = re.compile(r"script|foreignObject|iframe|object|embed|animate[A-Za-z]*|set|a|handler")
FETCHING = re.compile(r"image|feImage|video|audio")


def cleaned_logo(source: str) -> str:
    """Return the drawing alone: known SVG elements and attributes, no comments, no editors' notes.

    What could act (scripts, links, animations) or fetch something from elsewhere is not dropped silently but
    refused, since the drawing might not be whole without it.
    """
    refuse(against_size(source))
    cleaning = _Cleaning()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = cleaning.doctype
    parser.StartElementHandler = cleaning.start
    parser.EndElementHandler = cleaning.end
    parser.CharacterDataHandler = cleaning.text
    try:
        parser.Parse(source.strip().encode(), True)
    except expat.ExpatError as error:
        raise Refused(
            "logo_not_svg",
            _("The logo is not a well-formed SVG file: line %(line)d cannot be read. Save it anew as SVG.")
            % {"line": error.lineno},
        ) from error
    return "".join(cleaning.written)


def against_size(source: str) -> Refused | None:
    """A logo is small: it is fetched with every page."""
    size = len(source.encode())
    if size <= LARGEST:
        return None
    return Refused(
        "logo_too_large",
        _(
            "The logo has %(size)d bytes and may have %(largest)d at most. "
            "Save it as plain or optimised SVG, without embedded pictures."
        )
        % {"size": size, "largest": LARGEST},
    )


class _Cleaning:
    """Writes what may stay while the parser reads; ``skipping`` counts how deep we are in what may not."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.open: list[str] = []
        self.style: list[str] = []
        self.skipping = 0

    def doctype(self, *_declaration: object) -> NoReturn:
        raise Refused(
            "logo_declares_entities",
            _("The logo begins with a document type declaration. Save it as plain SVG, without DOCTYPE."),
        )

    def start(self, qualified: str, attributes: Mapping[str, str]) -> None:
        namespace, _space, name = qualified.rpartition(" ")
        if not self.open and not self.skipping and (namespace, name) != (SVG, "svg"):
            raise Refused("logo_not_svg", _("The logo is not SVG: its outermost element must be <svg>."))
        refuse(_against_element(name))
        if self.skipping or namespace != SVG or not ELEMENTS.fullmatch(name):
            self.skipping += 1
            return
        kept = dict(_kept(attributes))
        if not self.open:
            kept = {"xmlns": SVG, **kept}
        self.open.append(name)
        self.written.append(f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")

    def end(self, _qualified: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        if self.open[-1] == "style":
            refuse(_against_style("".join(self.style)))
        self.written.append(f"</{self.open.pop()}>")

    def text(self, data: str) -> None:
        if self.skipping:
            return
        if self.open[-1] == "style":
            self.style.append(data)
        self.written.append(escape(data))


def _kept(attributes: Mapping[str, str]) -> list[tuple[str, str]]:
    kept = []
    for qualified, value in attributes.items():
        namespace, _space, name = qualified.rpartition(" ")
        if name.lower().startswith("on"):
            raise _acts(name)
        if namespace not in ("", XLINK) or not ATTRIBUTES.fullmatch(name):
            continue
        if name == "href" and not value.strip().startswith("#"):
            raise _fetches(name)
        refuse(_against_style(value))
        kept.append((name, value))
    return kept


def _against_element(name: str) -> Refused | None:
    if ACTING.fullmatch(name):
        return _acts(name)
    if FETCHING.fullmatch(name):
        return _fetches(name)
    return None


def _against_style(text: str) -> Refused | None:
    """Paint may come from within the drawing (``url(#gradient)``), never from elsewhere."""
    compact = "".join(text.split()).lower()
    outside = compact.replace("url(#", "").replace("url('#", "").replace('url("#', "")
    if "@import" in compact or "\\" in compact or "url(" in outside or "image-set(" in compact:
        return _fetches("style")
    return None


def _acts(what: str) -> Refused:
    return Refused(
        "logo_acts",
        _("The logo contains “%(what)s”, which can act on the reader's machine. Save the drawing alone.")
        % {"what": what},
    )


def _fetches(what: str) -> Refused:
    return Refused(
        "logo_fetches",
        _("The logo refers with “%(what)s” to something outside itself. Draw it into the SVG instead.")
        % {"what": what},
    )
