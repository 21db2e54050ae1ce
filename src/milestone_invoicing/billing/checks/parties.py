"""What seller and buyer must show: names, addresses, identifiers; it knows no tax categories."""

from collections.abc import Callable
from typing import Final

from milestone_invoicing.billing.checks.countries import has_prefix, is_country
from milestone_invoicing.billing.checks.rules import Rule
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.findings import Severity

# Stands for a seller that is not given, so that each rule says what it misses.
_NOBODY: Final = Party("nobody", "nobody")
_TRANSFERS: Final = ("transfer", "überweisung", "virement", "overschrijving")
_TRANSFER_CODES: Final = {"30", "58"}  # of UNTDID 4461


def seller_of(invoice: Invoice) -> Party:
    """Return the seller, or one that shows nothing."""
    return invoice.seller or _NOBODY


def _has_no_seller(invoice: Invoice) -> bool:
    return invoice.seller is None


def _buyer_of(invoice: Invoice) -> Party:
    return invoice.buyer


def has_tax_id(party: Party) -> bool:
    """Say whether there is a tax identifier, with a country (BT-31) or without (BT-32)."""
    return bool(party.tax_id.strip())


def has_vat_id(party: Party) -> bool:
    """Say whether its tax identifier names its country, so that other countries know it."""
    return has_prefix(party.tax_id)


def has_legal_id(party: Party) -> bool:
    """Say whether there is a number in a register of companies."""
    return bool(party.legal_id.strip())


def _has_lines(party: Party) -> bool:
    return any(line.strip() for line in party.address)


def _has_country(party: Party) -> bool:
    return bool(party.country.strip())


def _has_no_address(party: Party) -> bool:
    return not _has_lines(party) and not _has_country(party)


def _has_only_lines(party: Party) -> bool:
    return _has_lines(party) and not _has_country(party)


def _has_only_a_country(party: Party) -> bool:
    return _has_country(party) and not _has_lines(party)


def _has_an_unknown_country(party: Party) -> bool:
    return _has_country(party) and not is_country(party.country)


def _has_no_prefix(party: Party) -> bool:
    return has_tax_id(party) and not has_vat_id(party)


def _has_no_identifier(party: Party) -> bool:
    return not has_vat_id(party) and not has_legal_id(party)


def _has_no_contact(party: Party) -> bool:
    return not party.contact.strip()


def _of(
    who: Callable[[Invoice], Party], is_broken: Callable[[Party], bool]
) -> Callable[[Invoice], bool]:
    return lambda invoice: is_broken(who(invoice))


def _both(
    role: str,
    who: Callable[[Invoice], Party],
    codes: tuple[str, str],
    prefix: Severity,
    contact: Severity,
) -> tuple[Rule, ...]:
    """Return the rules that hold for seller and buyer alike, but for codes and severities."""
    no_address, no_country = codes
    return (
        Rule(
            no_address,
            f"{role}.address",
            f"the {role} has no postal address: fill in address and country",
            _of(who, _has_no_address),
        ),
        Rule(
            no_country,
            f"{role}.country",
            f"the address of the {role} has no country: fill in country",
            _of(who, _has_only_lines),
        ),
        Rule(
            "BR-CL-14",
            f"{role}.country",
            f"the country of the {role} is no code of ISO 3166-1: write two capitals, such as NL",
            _of(who, _has_an_unknown_country),
        ),
        Rule(
            "BR-CO-09",
            f"{role}.tax_id",
            f"the tax identifier of the {role} does not start with the code of its country",
            _of(who, _has_no_prefix),
            prefix,
        ),
        Rule(
            "no_address",
            f"{role}.address",
            f"the {role} has a country and no address: fill in address",
            _of(who, _has_only_a_country),
            Severity.WARNING,
        ),
        Rule(
            "no_contact",
            f"{role}.contact",
            f"nobody is named whom to ask at the {role}: fill in contact",
            _of(who, _has_no_contact),
            contact,
        ),
    )


def _asks_for_a_transfer(invoice: Invoice) -> bool:
    """Say whether a way of payment is a transfer, by a word in its name or by its code."""
    methods = [method.strip().casefold() for method in invoice.terms.methods]
    return any(
        method in _TRANSFER_CODES or any(word in method for word in _TRANSFERS)
        for method in methods
    )


def _has_no_account(invoice: Invoice) -> bool:
    return not seller_of(invoice).bank_account.strip()


def _cannot_be_transferred(invoice: Invoice) -> bool:
    return _asks_for_a_transfer(invoice) and _has_no_account(invoice)


def _cannot_be_paid(invoice: Invoice) -> bool:
    claims = invoice.payable.minor > 0 and not invoice.terms.methods
    return claims and _has_no_account(invoice)


PARTY_RULES: Final = (
    Rule(
        "BR-06",
        "seller",
        "nobody is named who sells: fill in seller",
        _has_no_seller,
    ),
    # A number without a country may be one of the seller's tax office (BT-32).
    *_both("seller", seller_of, ("BR-08", "BR-09"), Severity.WARNING, Severity.WARNING),
    Rule(
        "BR-CO-26",
        "seller",
        "nothing identifies the seller: fill in tax_id with its country, or legal_id",
        _of(seller_of, _has_no_identifier),
    ),
    *_both("buyer", _buyer_of, ("BR-10", "BR-11"), Severity.ERROR, Severity.NOTE),
    Rule(
        "BR-61",
        "seller.bank_account",
        "a transfer is asked for and no account named: fill in bank_account",
        _cannot_be_transferred,
    ),
    Rule(
        "no_bank_account",
        "seller.bank_account",
        "nothing says where to pay: fill in bank_account, or the methods of the terms",
        _cannot_be_paid,
        Severity.WARNING,
    ),
)
