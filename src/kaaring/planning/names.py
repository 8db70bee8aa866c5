"""Whether two names are likely to mean the same organisation or person.

A likeness is a reason to ask, never proof: conflicts found this way are for people to confirm. Light enough
for pages; the comparison itself is rapidfuzz's.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

LETTERS = {
    **dict(zip("абвгдезийклмнопрстуфхыэіїў", "abvgdeziiklmnoprstufhieiiu", strict=True)),
    **{"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "є": "e"},
    **{"ъ": "", "ь": "", "ґ": "g", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dzh"},
    **{"ø": "o", "æ": "ae", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i", "œ": "oe"},
}
BEFORE = "as ab oy uab ooo pao oao zao ao nao ano nko fgup mup gup ip"
AFTER = """
    asa ans da ba sa ks enk nuf hf iks kf sf aksjeselskap allmennaksjeselskap hb oyj aps ivs
    ltd limited inc incorporated llc llp lp plc corp corporation co company gmbh ag kg kgaa ug se nv bv
    spa srl sarl sas ou sia doo ad
"""
FORMS_BEFORE, FORMS_AFTER = frozenset(BEFORE.split()), frozenset((BEFORE + AFTER).split())
WRITTEN_OUT = re.compile(
    r"\b(?:(?:публичное|непубличное|открытое|закрытое)\s+)?акционерное\s+общество\b"
    r"|\bобщество\s+с\s+ограниченной\s+ответственностью\b"
    r"|\bиндивидуальный\s+предприниматель\b"
)
ABBREVIATED = re.compile(r"\b(\w)[./](?=\w\b)")
TRANSLITERATED = (("kh", "h"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"))
CONTAINED = 0.9


def normalised(name: str) -> str:
    """Return the name as it is compared: lower case, Latin letters and digits, without legal form.

    Cyrillic is transliterated, accents go, and spellings that differ between ways to transliterate are made
    one: "y", "j" and "i", "kh" and "h", "x" and "ks", "w" and "v", double and single letters. A legal form
    is taken away where it is usually written, unless the name is nothing else.

    >>> normalised("ПАО «Сбербанк»"), normalised("Sberbank")
    ('sberbank', 'sberbank')
    >>> normalised("Kåre & Sønn A/S"), normalised("Яндекс") == normalised("Yandex N.V.")
    ('kare son', True)
    """
    text = ABBREVIATED.sub(r"\1", WRITTEN_OUT.sub(" ", name.casefold()))
    # "й" and "ё" are letters of their own, so they are spelt out before accents are taken off.
    text = "".join(LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", text))
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    words = _without_legal_form(re.findall(r"[^\W_]+", bare))
    folded = " ".join(words)
    for spelling, one in TRANSLITERATED:
        folded = folded.replace(spelling, one)
    return re.sub(r"([^\W\d_])\1+", r"\1", folded)


def _without_legal_form(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while start < end and words[start] in FORMS_BEFORE:
        start += 1
    while end > start and words[end - 1] in FORMS_AFTER:
        end -= 1
    return words[start:end] or words


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1, whatever the order of their words.

    1 is the same name once normalised. A name that is contained in the other, word for word, scores 0.9
    at least: "Telenor" and "Telenor Norge", a person with and without patronymic. Names without letters and
    digits are like nothing. Source: the normalised longest common subsequence of sorted words
    (``token_sort_ratio``) and of shared and remaining words (``token_set_ratio``), by rapidfuzz.

    >>> likeness("ООО «Ромашка»", "Romashka Ltd"), likeness("Nordmann, Ola", "Ola Nordmann")
    (1.0, 1.0)
    >>> likeness("Telenor Norge AS", "Telenor"), likeness("Telenor", "Posten") < 0.5
    (0.9, True)
    """
    return _likeness(normalised(one), normalised(other))


def is_same_name(one: str, other: str) -> bool:
    """Say whether two names are the same once normalised; names without letters and digits are not.

    >>> is_same_name("Nordlys AS", " NORDLYS "), is_same_name("Nordlys Sør", "Nordlys")
    (True, False)
    """
    return normalised(one) == normalised(other) != ""


def _likeness(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    return max(fuzz.token_sort_ratio(one, other), CONTAINED * fuzz.token_set_ratio(one, other)) / 100


def alike(names: Sequence[str], others: Sequence[str], *, at_least: float) -> list[tuple[int, int, float]]:
    """Return (position in names, position in others, likeness) of all pairs that are alike enough.

    In the order of ``names``, then of ``others``. 0.85 is a sensible ``at_least`` for conflicts of
    interest: it finds slips of the pen and contained names, and few others. Raises ValueError unless
    ``at_least`` is above 0 and at most 1.

    >>> alike(["Сбербанк", "Posten Norge AS"], ["Sberbank", "Posten", "DNB"], at_least=0.85)
    [(0, 0, 1.0), (1, 1, 0.9)]
    """
    if not 0 < at_least <= 1:
        raise ValueError("A likeness to look for lies above 0 and is at most 1")
    left, right = [normalised(name) for name in names], [normalised(name) for name in others]
    cutoff = 100 * at_least - 0.01
    near = process.cdist(left, right, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff) > 0
    if cutoff <= 100 * CONTAINED:
        near |= process.cdist(left, right, scorer=fuzz.token_set_ratio, score_cutoff=cutoff / CONTAINED) > 0
    found = ((row, column, _likeness(left[row], right[column])) for row, column in np.argwhere(near).tolist())
    return [pair for pair in found if pair[2] >= at_least]
