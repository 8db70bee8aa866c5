"""Fees: every day must have a price, and the seller what the law wants on invoices."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from kaaring.programmes.definition.checking.references import same_code
from kaaring.programmes.definition.faults import Finding, Path, Severity
from kaaring.programmes.definition.schema import Definition, Price, Seller

PRICES: Path = ("fees", "prices")
SELLER: Path = ("fees", "seller")
REGISTRATIONS = {"NO": "Foretaksregisteret", "SE": "Godkänd för F-skatt"}
"""What a seller's registration is called on its invoices (Peppol's NO-R-002 and SE-R-005)."""
REGISTERED = {"AS", "ASA", "NUF"}
"""Norwegian companies that must say so: the law on Foretaksregisteret, section 10-2."""


def findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is wrong or odd about the prices and the seller."""
    if definition.fees is None:
        return
    prices = definition.fees.prices
    yield from same_code([price.code for price in prices], PRICES)
    for position, (price, after) in enumerate(pairwise(prices)):
        yield from _followed(price, after, position)
    if prices[-1].until is not None:
        yield Finding(
            (*PRICES, len(prices) - 1, "until"),
            "no_price_after",
            _("After %(day)s there is no price") % {"day": prices[-1].until},
            _("take “until” out of the last price, or add one after it"),
        )
    for position, price in enumerate(prices):
        if price.member is not None and price.member > price.price:
            yield Finding(
                (*PRICES, position, "member"),
                "members_pay_more",
                _("Members pay more than others here"),
                _("change one of the two prices, unless that is meant"),
                Severity.WARNING,
            )
    yield from _registered(definition.fees.seller)


def _registered(seller: Seller) -> Iterator[Finding]:
    called = REGISTRATIONS.get(seller.country)
    if seller.registration is None:
        if seller.country == "NO" and REGISTERED & set(seller.name.split()):
            yield Finding(
                SELLER,
                "no_registration",
                _("Invoices of %(seller)s do not say that it is in Foretaksregisteret")
                % {"seller": seller.name},
                _("add “registration: Foretaksregisteret”, which the law asks of AS, ASA and NUF"),
                Severity.WARNING,
            )
    elif called is not None and seller.registration != called:
        yield Finding(
            (*SELLER, "registration"),
            "other_registration",
            _("The registration of this seller is called otherwise in its country"),
            _("write “%(called)s”, or take it out") % {"called": called},
        )


def _followed(price: Price, after: Price, position: int) -> Iterator[Finding]:
    if price.until is None:
        yield Finding(
            (*PRICES, position + 1),
            "price_never_reached",
            _("“%(code)s” is never reached: “%(before)s” has no last day")
            % {"code": after.code, "before": price.code},
            _("say with “until” how long the price before it holds"),
        )
    elif after.until is not None and after.until <= price.until:
        yield Finding(
            (*PRICES, position + 1, "until"),
            "price_never_reached",
            _("“%(code)s” is never reached: “%(before)s” holds up to and including %(day)s")
            % {"code": after.code, "before": price.code, "day": price.until},
            _("put the prices in the order of their last days"),
        )
