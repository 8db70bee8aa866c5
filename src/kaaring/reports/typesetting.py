"""Setting documents: data in, a tagged PDF out. The same data always gives the same bytes."""

import json
import os
import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

TYPESETTER = "typst"
"""Named, not imported: pages that set no document must not carry it."""
TEMPLATES = Path(__file__).with_name("typst")
REMEMBERED, FORGET_AFTER = 10, 4
NO_GLYPH, BOX = "could not be displayed with font", "□"
_BOXES = re.compile(f"{BOX}[{BOX}\u200d\ufe0e\ufe0f]*")
_own = threading.local()


def typeset(template: str, data: Mapping[str, Any], *, called: str) -> bytes:
    """Return a document as PDF/UA-1; a warning of the typesetter means wrong output.

    ``template`` is a file of ``typst/``, ``called`` names the document where something is wrong with it. What
    people wrote may hold signs that no font of ours has, such as emoji; a box stands for them.
    """
    text = json.dumps(data, ensure_ascii=False)
    try:
        pdf, warnings = _set(template, text)
    except RuntimeError as error:
        if NO_GLYPH not in str(error):
            raise
        pdf, warnings = _set(template, showable(text))
    _forget()
    if warnings:
        raise ValueError(f"{called}: {warnings[0].diagnostic}")
    if not isinstance(pdf, bytes):
        raise TypeError(f"{called}: the typesetter gave no document")
    return pdf


def _set(template: str, text: str) -> tuple[Any, Any]:
    pdf, warnings = _compiler(template).compile_with_warnings(
        sys_inputs={"data": text}, format="pdf", pdf_standards=["ua-1"]
    )
    return pdf, warnings


def showable(text: str) -> str:
    """Return a text in which a box stands for what our fonts cannot show."""
    boxed = "".join(sign if _is_showable(sign) else BOX for sign in text)
    return _BOXES.sub(BOX, boxed)


@lru_cache(maxsize=2**16)
def _is_showable(sign: str) -> bool:
    """Say whether there is a glyph for a sign, by setting it: two milliseconds, once a process."""
    if sign.isascii():
        return True
    try:
        _set("sign.typ", json.dumps({"sign": sign}, ensure_ascii=False))
    except RuntimeError:
        return False
    return True


def _forget() -> None:
    """Make the typesetter drop what it remembers of reports: each compilation ages it by one of ten steps.

    Kept for the next reports it would be half a gigabyte that none of them can use; some 35 MB a report for a
    few of them cost less than forgetting after each.
    """
    _own.made += 1
    if _own.made % FORGET_AFTER == 0:
        for _step in range(REMEMBERED):
            _compiler("blank.typ").compile(format="svg")


def _compiler(template: str) -> Any:
    """Return this thread's own compiler for a template: one cannot serve two threads.

    It sets on one core, which costs less in all: who wants more reports a second runs more workers.
    """
    if not hasattr(_own, "compilers"):
        os.environ.setdefault("RAYON_NUM_THREADS", "1")
        _own.made, _own.compilers = 0, {}
    if template not in _own.compilers:
        compiler_of = import_module(TYPESETTER).Compiler
        _own.compilers[template] = compiler_of(TEMPLATES / template, root=TEMPLATES, ignore_system_fonts=True)
    return _own.compilers[template]
