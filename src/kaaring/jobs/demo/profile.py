"""What the demo data take to be typical: how well each question goes, and how often it does not apply.

All of it is illustrative. The shares are set so that performance drops during the dialogue, perceived
competence is the strongest theme and asking, summing up and checking are the weak spots; the published means
follow from them up to the last steps, which ``steering`` makes.
"""

from collections.abc import Mapping
from types import MappingProxyType

TYPICAL_SHARE: Mapping[str, float] = MappingProxyType(
    {
        "SV2": 0.675,
        "SV3": 0.58,
        "SV5": 0.60,
        "MV1": 0.84,
        "MV2": 0.955,
        "MV3": 0.84,
        "MV4": 0.91,
        "MV5": 0.775,
        "MV6": 0.46,
        "MV7": 0.895,
        "MV8": 0.60,
        "MV9": 0.887,
        "KB1": 0.63,
        "KB2": 0.86,
        "KB3": 0.90,
        "KB4": 0.64,
        "KB5": 0.715,
        "KB6": 0.70,
        "KB7": 0.82,
        "KB8": 0.865,
        "KB9": 0.845,
        "KB10": 0.885,
        "KB11": 0.88,
        "KB12": 0.82,
        "KB13": 0.91,
        "KB14": 0.80,
        "KB15": 0.62,
        "KB16": 0.45,
        "KB17": 0.71,
        "KB18": 0.755,
        "TI1": 0.73,
        "TI3": 0.725,
        "TI4": 0.759,
        "TI5": 0.758,
        "TI6": 0.69,
    }
)
"""Mean share of the possible points over participants, where the enquiry was answered."""

TYPICAL_SHARE_ELSE = 0.75

NOT_APPLICABLE_RATE: Mapping[str, float] = MappingProxyType(
    {
        "MV1": 0.02,
        "MV4": 0.04,
        "MV6": 0.03,
        "MV8": 0.92,
        "KB6": 0.02,
        "KB9": 0.01,
        "KB12": 0.01,
        "KB14": 0.015,
        "KB15": 0.01,
        "KB17": 0.04,
        "TI6": 0.45,
    }
)
"""Share of answers that do not apply. MV8 and TI6 ask about a transfer and a promise, often missing."""

CHANNEL_LEAN: Mapping[str, float] = MappingProxyType(
    {"phone": 0.012, "email": -0.022, "chat": -0.008, "messenger": -0.012}
)
"""How much better or worse a channel goes than the others, on the scale of impressions."""

UNANSWERED_LEAN: Mapping[str, float] = MappingProxyType(
    {"phone": 0.6, "email": 1.5, "chat": 1.4, "messenger": 1.6}
)
"""How much likelier than on average an enquiry stays unanswered on a channel."""

UNANSWERED_RATE = 0.057

GATE, WAIT, QUEUE, CALL_BACK, FIRST_CONTACT = "SV1", "SV2", "SV3", "SV4", "SV6"
ASKED, FITTED = "KB1", "KB2"
WOULD_BUY = "TI5"
REFERRED, FEELINGS = "TI2", "TI7"

SHORT_WAIT = 60
"""Seconds; who waited less is not asked about the queue."""

NOTHING_TO_BUY = "public-services"
"""The class whose participants have nothing that one can buy or choose."""
