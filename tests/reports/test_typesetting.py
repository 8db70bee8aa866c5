"""Signs that no font of ours has do not break a document."""

from typing import Any

import pytest

from kaaring.reports import typesetting
from kaaring.reports.typesetting import showable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Blåbærsyltetøy – Ёлка ½ → ✓ € ₽ №", "Blåbærsyltetøy – Ёлка ½ → ✓ € ₽ №"),
        ("Well done 👍🏽!", "Well done □!"),
        ("👩\u200d💻 and 你好", "□ and □"),
    ],
)
def test_a_box_stands_for_what_cannot_be_shown(text: str, shown: str) -> None:
    assert showable(text) == shown


def test_only_a_document_that_needs_it_is_set_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    usual = typesetting._set

    def counted(template: str, text: str) -> Any:
        sent.append(template)
        return usual(template, text)

    monkeypatch.setattr(typesetting, "_set", counted)
    data = {"sign": "plain"}

    typesetting.typeset("sign.typ", data, called="x")
    assert sent == ["sign.typ"]
    pdf = typesetting.typeset("sign.typ", {"sign": "☃🎉"}, called="x")
    assert pdf.startswith(b"%PDF-")
    assert len(sent) > 2


def test_other_faults_of_the_typesetter_are_not_hidden() -> None:
    with pytest.raises(RuntimeError):
        typesetting.typeset("sign.typ", {}, called="x")
