"""What Peppol asks of seller and buyer, so that nobody sends an invoice that would come back.

The codes of rules are those of EN 16931 (BR) and Peppol BIS Billing 3.0 (PEPPOL, NO).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kaaring.entries.models import Invoice
from kaaring.kernel.refused import Refused

type Party = Mapping[str, Any]
"""Name, address and numbers of a seller or buyer, as they are kept with an invoice."""


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


SCHEMES = _codes(
    """
    0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184
    0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211
    0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 9910 9913
    9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936
    9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959
    """
)
"""The registers that give electronic addresses (BR-CL-25)."""
COUNTRIES = _codes(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """
)
"""ISO 3166-1 (BR-CL-14)."""
TAXED_IN = COUNTRIES | {"EL", "XI"}
"""What numbers for value added tax begin with (BR-CO-09): EL is Greece, XI Northern Ireland."""


class PeppolGap(NamedTuple):
    """What keeps an invoice from Peppol: a code, a sentence, and whether it is the seller who mends it."""

    code: str
    sentence: str
    is_the_sellers: bool


def is_norwegian_number(number: str) -> bool:
    """Say whether this can be an organisation number in Norway: nine digits, the last a check (modulo 11).

    >>> is_norwegian_number("123456785"), is_norwegian_number("123456789"), is_norwegian_number("000000000")
    (True, False, False)
    """
    if re.fullmatch(r"[0-9]{9}", number) is None or not int(number):
        return False
    weighted = sum(
        int(digit) * weight for digit, weight in zip(number, (3, 2, 7, 6, 5, 4, 3, 2), strict=False)
    )
    return -weighted % 11 == int(number[-1])


def is_gln(number: str) -> bool:
    """Say whether this can be a number of GS1: its last digit is a check (modulo 10).

    >>> is_gln("7080000000005"), is_gln("7080000000004")
    (True, False)
    """
    if re.fullmatch(r"[0-9]{2,}", number) is None:
        return False
    weighted = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(reversed(number)))
    return weighted % 10 == 0


def is_danish_number(number: str) -> bool:
    """Say whether this is written like an organisation number in Denmark."""
    return re.fullmatch(r"DK[0-9]{8}", number) is not None


NUMBERS: Mapping[str, Callable[[str], bool]] = {
    "0088": is_gln,
    "0184": is_danish_number,
    "0192": is_norwegian_number,
}
"""How the numbers of a register are made (PEPPOL-COMMON-R040, R041, R042)."""


def vat_number_of(seller: Party) -> str:
    """Return the seller's number for value added tax as machines read it."""
    return "".join((seller.get("vat_number") or "").split())


def gaps_for_peppol(seller: Party, buyer: Party, *, vat: str) -> tuple[PeppolGap, ...]:
    """Return what keeps an invoice between these two from Peppol; ``vat`` is the rate in per cent."""
    return gaps_of_seller(seller, vat=vat) + gaps_of_buyer(buyer)


def gaps_of_seller(seller: Party, *, vat: str) -> tuple[PeppolGap, ...]:
    """Return what keeps every invoice of a seller from Peppol."""
    found = (*_of_party(seller), *_of_tax(seller, vat))
    return tuple(PeppolGap(code, sentence, is_the_sellers=True) for code, sentence in found)


def gaps_of_buyer(buyer: Party) -> tuple[PeppolGap, ...]:
    """Return what keeps every invoice to a buyer from Peppol."""
    return tuple(PeppolGap(code, sentence, is_the_sellers=False) for code, sentence in _of_party(buyer))


def against_an_electronic_invoice(invoice: Invoice) -> Refused | None:
    """Peppol carries an invoice between two electronic addresses, from a seller known to the tax office."""
    gaps = gaps_for_peppol(invoice.seller, invoice.buyer, vat=invoice.vat)
    if not gaps:
        return None
    return Refused(gaps[0].code, " ".join(gap.sentence for gap in gaps))


def _of_party(party: Party) -> Iterator[tuple[str, str]]:
    endpoint = party.get("endpoint") or ""
    scheme, _colon, number = endpoint.partition(":")
    words = {"party": party["name"], "endpoint": endpoint, "country": party["country"]}
    if not number:
        sentence = _("%(party)s has no electronic address, such as 0192:123456785.")
        yield "no_endpoint", sentence % words
    elif scheme not in SCHEMES:
        sentence = _(
            "The electronic address %(endpoint)s of %(party)s begins with the number of no register. "
            "Norwegian ones begin with 0192."
        )
        yield "unknown_scheme", sentence % words
    elif not NUMBERS.get(scheme, bool)(number):
        sentence = _("The electronic address %(endpoint)s of %(party)s does not exist: a digit is wrong.")
        yield "wrong_endpoint", sentence % words
    if party["country"] and party["country"] not in COUNTRIES:
        sentence = _(
            "The country of %(party)s is written %(country)s, which is no country's code. The United "
            "Kingdom is GB, Greece GR."
        )
        yield "unknown_country", sentence % words


def _of_tax(seller: Party, vat: str) -> Iterator[tuple[str, str]]:
    number = vat_number_of(seller)
    if not number:
        if vat != "0":
            yield (
                "no_vat_number",
                _("The seller has no number for value added tax, which an invoice with tax must show."),
            )
    elif number[:2] not in TAXED_IN:
        sentence = _(
            "The seller's VAT number %(number)s does not begin with a country, such as NO123456785MVA."
        )
        yield "wrong_vat_number", sentence % {"number": number}
    elif number.startswith("NO") and not _is_norwegian_vat_number(number):
        sentence = _(
            "The seller's VAT number %(number)s is not NO, nine digits with a right check digit, and MVA, "
            "such as NO123456785MVA."
        )
        yield "wrong_vat_number", sentence % {"number": number}


def _is_norwegian_vat_number(number: str) -> bool:
    """NO-R-001."""
    return number.endswith("MVA") and is_norwegian_number(number[2:-3])
