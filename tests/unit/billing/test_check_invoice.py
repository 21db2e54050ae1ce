"""Each rule about one invoice: what breaks it, and what keeps it."""

import re
from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    REST,
    Adjustment,
    ArgumentsError,
    CreditEffect,
    Delivery,
    DiscountTax,
    EarlyDiscount,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Party,
    PaymentTerms,
    Percent,
    Period,
    Prepaid,
    Price,
    Schedule,
    Severity,
    Tax,
    TaxCategory,
    TaxCurrency,
    TaxSubtotal,
    WrongTypeError,
    check,
)
from tests.unit.sound import BUYER, DELIVERY, SELLER, STANDARD, codes, eur, line, sound

ZERO = Percent(0)
MAY = Period.through(date(2026, 5, 1), date(2026, 5, 31))


def no(category: str, *, reason: str = "") -> Tax:
    return Tax(category, None if category == "O" else ZERO, reason=reason)


SUPPLY = no("K", reason="Intra-community supply")
EXPORT = no("G", reason="Export")
OUTSIDE = no("O", reason="Not subject to tax")
EXEMPT = Tax.exempt("Article 132")
SPLIT = Tax(TaxCategory.B, Percent(22))
CANARY, CEUTA = Tax(TaxCategory.L, Percent(7)), Tax(TaxCategory.M, Percent(4))
ITALIAN = {"country": "IT", "tax_id": "IT12345678901"}
IN_ITALY = {"seller": attrs.evolve(SELLER, **ITALIAN), "buyer": attrs.evolve(BUYER, **ITALIAN)}
WITHOUT_IDS = {
    "seller": attrs.evolve(SELLER, tax_id=""),
    "buyer": attrs.evolve(BUYER, tax_id=""),
}


def seller(**parts) -> Party:
    return attrs.evolve(SELLER, **parts)


def buyer(**parts) -> Party:
    return attrs.evolve(BUYER, **parts)


def off(tax: Tax) -> Adjustment:
    return Adjustment(eur(10), "Bulk", tax=tax)


KEPT = {
    "all shown": sound(),
    "zero rated": sound(line(no("Z"))),
    "exempt": sound(line(EXEMPT)),
    "exempt by a code alone": sound(line(Tax(TaxCategory.E, ZERO, code="VATEX-EU-132"))),
    "reverse charge": sound(line(Tax.reverse_charge())),
    "reverse charge, buyer by its register": sound(
        line(Tax.reverse_charge()), buyer=buyer(tax_id="")
    ),
    "supply with a period": sound(line(SUPPLY), period=MAY),
    "supply with a day": sound(line(SUPPLY, delivery=DELIVERY)),
    "export": sound(line(EXPORT)),
    "export, buyer without tax": sound(line(EXPORT), buyer=buyer(tax_id="")),
    "outside the scope": sound(line(OUTSIDE), **WITHOUT_IDS),
    "outside the scope, number of the tax office": sound(
        line(OUTSIDE), seller=seller(tax_id=""), buyer=buyer(tax_id="")
    ),
    "one of two lines has the reason": sound(line(EXEMPT), line(no("E"))),
    "Canary Islands": sound(line(CANARY)),
    "Ceuta": sound(line(CEUTA)),
    "split payment": sound(line(SPLIT), **IN_ITALY),
    "a country's own list": sound(line(Tax("SR", Percent(7)))),
    "a country's own list, with a reason": sound(line(Tax("ZR", ZERO, reason="Zero rated"))),
    "Greece": sound(buyer=buyer(country="GR", tax_id="EL123456789")),
    "Northern Ireland": sound(buyer=buyer(country="GB", tax_id="XI123456789")),
    "Northern Ireland as a country": sound(buyer=buyer(country="XI", tax_id="XI123456789")),
    "Kosovo": sound(buyer=buyer(country="1A", tax_id="1A123456789")),
    "no tax identifier of the buyer": sound(buyer=buyer(tax_id="", legal_id="")),
    "seller by tax identifier alone": sound(seller=seller(legal_id="")),
    "card": sound(
        seller=seller(bank_account=""), terms=attrs.evolve(sound().terms, methods=["card"])
    ),
    "nothing to pay needs no account": sound(
        line(amount=0), seller=seller(bank_account=""), terms=PaymentTerms()
    ),
    "approved work": sound(line(milestone="design", delivery=DELIVERY)),
    "work that is taken off again": sound(line(milestone="design", deducts="2026-000")),
    "a corrected invoice that names the wrong one": sound(
        kind=InvoiceKind.CORRECTED, preceding=["2026-000"]
    ),
    "a credit note that names its invoice": sound(
        line(milestone="design"),
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.REBILL,
        preceding=["2026-000"],
    ),
    "allowance and charge": sound(allowances=[off(STANDARD)], charges=[off(STANDARD)]),
    "all that changes a total": sound(
        line(allowances=[Adjustment(Percent("2.5"), "Bulk")]),
        line(EXEMPT, charges=[Adjustment(eur("0.01"), "Freight")]),
        prepaid=[Prepaid("D", [TaxSubtotal(STANDARD, eur(100), eur(21))])],
        rounding_amount=eur("0.02"),
        tax_currency=TaxCurrency("SEK", "11.25"),
    ),
    "a tax currency of other decimals": sound(tax_currency=TaxCurrency("JPY", "162.337")),
    "a discount that always reduces the tax": sound(
        line(),
        line(Tax.standard(9), amount=333),
        terms=PaymentTerms.net(
            30, discounts=[EarlyDiscount("2.5", 10, DiscountTax.ALWAYS_REDUCED)]
        ),
    ),
}


@pytest.mark.parametrize("invoice", KEPT.values(), ids=KEPT)
def test_nothing_is_found_where_the_rules_are_kept(invoice):
    assert codes(check(invoice)) == []


NO_SELLER = [
    "error seller BR-06",
    "error seller.address BR-08",
    "warning seller.contact no_contact",
    "error seller BR-CO-26",
    "warning seller.bank_account no_bank_account",
    "error seller.tax_id BR-S-02",
]
BROKEN = {
    "no number": (sound(number=None), ["warning number BR-02"]),
    "no issue date": (sound(issued_on=None), ["warning issued_on BR-03"]),
    "a draft": (
        sound(number=None, issued_on=None),
        ["warning number BR-02", "warning issued_on BR-03"],
    ),
    "no seller": (sound(seller=None), NO_SELLER),
    "no address of the seller": (
        sound(seller=seller(address=[" "], country="")),
        ["error seller.address BR-08"],
    ),
    "no country of the seller": (
        sound(seller=seller(country="")),
        ["error seller.country BR-09"],
    ),
    "no address of the buyer": (
        sound(buyer=buyer(address=[], country=" ")),
        ["error buyer.address BR-10"],
    ),
    "no country of the buyer": (sound(buyer=buyer(country="")), ["error buyer.country BR-11"]),
    "the name of a country": (
        sound(seller=seller(country="Netherlands"), buyer=buyer(country="de")),
        ["error seller.country BR-CL-14", "error buyer.country BR-CL-14"],
    ),
    "only countries": (
        sound(seller=seller(address=[]), buyer=buyer(address=[""])),
        ["warning seller.address no_address", "warning buyer.address no_address"],
    ),
    "no contacts": (
        sound(seller=seller(contact=""), buyer=buyer(contact=" ")),
        ["warning seller.contact no_contact", "note buyer.contact no_contact"],
    ),
    "tax identifiers without a country": (
        sound(seller=seller(tax_id="001234567B01"), buyer=buyer(tax_id="123/456")),
        ["warning seller.tax_id BR-CO-09", "error buyer.tax_id BR-CO-09"],
    ),
    "no identifier of the seller": (
        sound(seller=seller(tax_id="12/34", legal_id=" ")),
        ["warning seller.tax_id BR-CO-09", "error seller BR-CO-26"],
    ),
    "no account": (
        sound(seller=seller(bank_account="")),
        ["warning seller.bank_account no_bank_account"],
    ),
    "no terms": (sound(terms=PaymentTerms()), ["note terms no_terms"]),
    "work without delivery": (
        sound(line(milestone="design")),
        [
            "warning lines[0].delivery no_delivery",
            "note lines[0].delivery.approved_by no_approval",
        ],
    ),
    "work without approval": (
        sound(line(), line(milestone="design", delivery=Delivery("Wireframes"))),
        ["note lines[1].delivery.approved_by no_approval"],
    ),
    "approved work that has no name and no day": (
        sound(line(milestone="design", delivery=Delivery(approved_by=["Jan"]))),
        ["warning lines[0].delivery no_delivery"],
    ),
    "a corrected invoice of nothing": (
        sound(kind=InvoiceKind.CORRECTED),
        ["warning preceding no_preceding"],
    ),
    "a credit note of nothing": (
        sound(kind=InvoiceKind.CREDIT_NOTE, effect=CreditEffect.CANCEL),
        ["warning preceding no_preceding"],
    ),
    "supply without a day": (sound(line(SUPPLY)), ["error lines BR-IC-11"]),
    "supply with an approved line and no day": (
        sound(line(SUPPLY, delivery=Delivery("x"))),
        ["error lines BR-IC-11"],
    ),
    "supply to nowhere": (
        sound(line(SUPPLY), period=MAY, buyer=buyer(country="")),
        ["error buyer.country BR-11", "error buyer.country BR-IC-12"],
    ),
    "split payment abroad": (sound(line(SPLIT)), ["error breakdown BR-B-01"]),
    "split payment to another country": (
        sound(line(SPLIT), seller=IN_ITALY["seller"]),
        ["error breakdown BR-B-01"],
    ),
    "split payment beside the standard rate": (
        sound(line(SPLIT), line(), **IN_ITALY),
        ["error breakdown BR-B-02"],
    ),
    "outside the scope beside tax": (
        sound(line(OUTSIDE), line(no("Z")), **WITHOUT_IDS),
        ["error seller.tax_id BR-Z-02", "error breakdown BR-O-11", "error lines BR-O-12"],
    ),
    "outside the scope, the rest taxed": (
        sound(line(OUTSIDE), allowances=[off(SPLIT)], charges=[off(SPLIT)], **WITHOUT_IDS),
        [
            "error breakdown BR-O-11",
            "error allowances BR-O-13",
            "error charges BR-O-14",
            "error breakdown BR-B-01",
        ],
    ),
    "no reasons": (
        sound(*(line(no(each)) for each in ("E", "AE", "G"))),
        [
            "error breakdown.E 0% BR-E-10",
            "error breakdown.AE 0% BR-AE-10",
            "error breakdown.G 0% BR-G-10",
        ],
    ),
    "no reason for a supply": (
        sound(line(no("K")), period=MAY),
        ["error breakdown.K 0% BR-IC-10"],
    ),
    "no reason outside the scope": (sound(line(Tax.outside_scope()), **WITHOUT_IDS), []),
    "a reason outside the scope": (sound(line(Tax.outside_scope("-")), **WITHOUT_IDS), []),
    "reasons that may not be": (
        sound(*(line(no(each, reason="because")) for each in ("Z", "L", "M"))),
        [
            "error breakdown.Z 0% BR-Z-10",
            "error breakdown.L 0% BR-AF-10",
            "error breakdown.M 0% BR-AG-10",
        ],
    ),
    "a code that may not be": (
        sound(line(Tax(TaxCategory.Z, ZERO, code="VATEX-EU-O"))),
        ["error breakdown.Z 0% BR-Z-10"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("invoice", "expected"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_rule_is_found_under_its_code(invoice, expected: list[str]):
    assert codes(check(invoice)) == expected


# Which party must show a tax identifier, in which category.
NO_PREFIX = {"seller": seller(tax_id="001234567B01"), "buyer": buyer(tax_id="123")}
IDENTIFIERS = [
    *(
        pytest.param(tax, {"seller": seller(tax_id="")}, "seller.tax_id", rules, id=f"{tax} no id")
        for tax, rules in (
            (STANDARD, "BR-S"), (no("Z"), "BR-Z"), (EXEMPT, "BR-E"), (CANARY, "BR-AF"),
            (CEUTA, "BR-AG"), (Tax.reverse_charge(), "BR-AE"), (SUPPLY, "BR-IC"), (EXPORT, "BR-G"),
        )
    ),
    pytest.param(SUPPLY, {"seller": NO_PREFIX["seller"]}, "seller.tax_id", "BR-IC", id="K seller"),
    pytest.param(EXPORT, {"seller": NO_PREFIX["seller"]}, "seller.tax_id", "BR-G", id="G seller"),
    pytest.param(SUPPLY, {"buyer": NO_PREFIX["buyer"]}, "buyer.tax_id", "BR-IC", id="K buyer"),
    pytest.param(
        Tax.reverse_charge(), {"buyer": buyer(tax_id="123", legal_id="")}, "buyer.tax_id", "BR-AE",
        id="AE buyer",
    ),
    pytest.param(OUTSIDE, {"buyer": buyer(tax_id="")}, "seller.tax_id", "BR-O", id="O seller"),
    pytest.param(OUTSIDE, {"seller": seller(tax_id="")}, "buyer.tax_id", "BR-O", id="O buyer"),
]  # fmt: skip


@pytest.mark.parametrize(("tax", "parties", "path", "rules"), IDENTIFIERS)
def test_a_category_asks_for_identifiers_wherever_it_is_used(tax, parties, path: str, rules: str):
    def found(*lines: Line, **parts) -> list[str]:
        invoice = sound(*lines, period=MAY, **parties | parts)
        return [each for each in codes(check(invoice)) if f" {rules}-0" in each]

    beside = line(Tax("SR", Percent(7)))
    assert found(line(tax)) == [f"error {path} {rules}-02"]
    assert found(beside, allowances=[off(tax)]) == [f"error {path} {rules}-03"]
    assert found(beside, charges=[off(tax)]) == [f"error {path} {rules}-04"]
    assert found(line(tax), allowances=[off(tax)]) == [
        f"error {path} {rules}-02",
        f"error {path} {rules}-03",
    ]


def test_a_number_of_the_tax_office_will_do_where_no_country_is_asked_for():
    of = NO_PREFIX["seller"]
    assert codes(check(sound(line(Tax.reverse_charge()), seller=of))) == [
        "warning seller.tax_id BR-CO-09"
    ]
    assert codes(check(sound(line(OUTSIDE), seller=of, buyer=buyer(tax_id="")))) == [
        "warning seller.tax_id BR-CO-09"
    ]


@pytest.mark.parametrize(
    "method",
    ["30", " 58", "Bank transfer", "SEPA credit TRANSFER", "Überweisung", "virement bancaire",
     "overschrijving"],
)  # fmt: skip
def test_a_transfer_needs_an_account(method: str):
    terms = attrs.evolve(PaymentTerms.net(30), methods=["card", method])
    assert codes(check(sound(terms=terms))) == []
    assert codes(check(sound(terms=terms, seller=seller(bank_account=" ")))) == [
        "error seller.bank_account BR-61"
    ]


@pytest.mark.parametrize("method", ["card", "SEPA direct debit", "3", "305"])
def test_other_ways_need_none(method: str):
    terms = attrs.evolve(PaymentTerms.net(30), methods=[method])
    assert codes(check(sound(terms=terms, seller=seller(bank_account="")))) == []


def given_tax(net: str, tax: str) -> Line:
    return Line("Part", 1, eur(net), unit="C62", tax=STANDARD, tax_amount=eur(tax))


@pytest.mark.parametrize(
    ("tax", "strict", "lenient"),
    [
        ("21.00", [], []),
        ("21.01", ["warning breakdown[0].amount BR-CO-17"], []),
        ("20.99", ["warning breakdown[0].amount BR-CO-17"], []),
        ("21.99", ["warning breakdown[0].amount BR-CO-17"], []),
        ("22.00", ["error breakdown[0].amount BR-CO-17"], ["error breakdown[0].amount BR-CO-17"]),
        ("20.00", ["error breakdown[0].amount BR-CO-17"], ["error breakdown[0].amount BR-CO-17"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_tax_that_lines_give_is_compared_with_base_times_rate(
    tax: str, strict: list[str], lenient: list[str]
):
    invoice = sound(line(), given_tax("100", tax))
    assert codes(check(invoice)) == strict
    assert codes(check(invoice, tolerant=True)) == lenient


def test_a_third_decimal_is_found_wherever_it_is_printed():
    def kwd(amount: str) -> Money:
        return Money.of(amount, "KWD")

    coarse = Adjustment(kwd("0.01"), "Bulk")
    of_base = Adjustment(Percent(100), "Bulk", base=kwd("0.001"))
    work = Line(
        "Work", 1, Price("10", "KWD"), unit="C62", tax=STANDARD,
        allowances=[of_base, coarse], charges=[of_base, of_base],
    )  # fmt: skip
    parts = {
        "allowances": [attrs.evolve(each, tax=STANDARD) for each in (of_base, coarse)],
        "charges": [attrs.evolve(of_base, tax=STANDARD)],
        "prepaid": [Prepaid("D", [TaxSubtotal(STANDARD, kwd("0.001"), kwd("0"))])],
        "rounding_amount": kwd("0.005"),
    }
    assert codes(check(sound(work, **parts))) == [
        "warning lines[0].net BR-DEC-23",
        "warning lines[0].allowances[0].amount BR-DEC-24",
        "warning lines[0].allowances[0].base BR-DEC-25",
        "warning lines[0].charges[0].amount BR-DEC-27",
        "warning lines[0].charges[0].base BR-DEC-28",
        "warning lines[0].charges[1].amount BR-DEC-27",
        "warning lines[0].charges[1].base BR-DEC-28",
        "warning allowances[0].amount BR-DEC-01",
        "warning allowances[0].base BR-DEC-02",
        "warning charges[0].amount BR-DEC-05",
        "warning charges[0].base BR-DEC-06",
        "warning line_total BR-DEC-09",
        "warning allowance_total BR-DEC-10",
        "warning charge_total BR-DEC-11",
        "warning tax_exclusive BR-DEC-12",
        "warning tax BR-DEC-13",
        "warning tax_inclusive BR-DEC-14",
        "warning prepaid BR-DEC-16",
        "warning rounding BR-DEC-17",
        "warning payable BR-DEC-18",
        "warning breakdown[0].base BR-DEC-19",
        "warning breakdown[0].amount BR-DEC-20",
    ]
    assert codes(check(sound(Line("Work", 1, kwd("10.01"), unit="C62", tax=STANDARD)))) == [
        "warning tax BR-DEC-13",
        "warning tax_inclusive BR-DEC-14",
        "warning payable BR-DEC-18",
        "warning breakdown[0].amount BR-DEC-20",
    ]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.0100", []),
        ("0.0120", ["warning lines[0].net BR-DEC-23"]),
        ("0.0101", ["warning lines[0].net BR-DEC-23"]),
    ],
)
def test_a_currency_of_four_decimals_may_use_two(amount: str, expected: list[str]):
    work = Line("Work", 1, Money.of(amount, "CLF"), unit="C62", tax=Tax("SR", Percent(100)))
    assert codes(check(sound(work)))[:1] == expected


def test_a_cent_to_be_paid_needs_an_account_and_terms():
    cent = Line("Work", 1, eur("0.01"), unit="C62", tax=no("Z"))
    assert codes(check(sound(cent, seller=seller(bank_account=""), terms=PaymentTerms()))) == [
        "note terms no_terms",
        "warning seller.bank_account no_bank_account",
    ]


def test_a_finding_says_what_mends_it():
    (finding,) = check(sound(seller=seller(tax_id="")))
    assert str(finding) == (
        "error: seller.tax_id: S: the seller needs a tax identifier: fill in tax_id (BR-S-02)"
    )
    assert finding.severity is Severity.ERROR


SCHEDULE = Schedule(eur(900), [Milestone("a", "Audit", REST, deliverable="report")])


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: check(sound(), most=Percent(50)), ArgumentsError,
         "an invoice is checked without most: expected no most, got 50%"),
        (lambda: check(sound(), least=Percent(5)), ArgumentsError,
         "an invoice is checked without least: expected no least, got 5%"),
        (lambda: check(sound(), longest_gap=90), ArgumentsError,
         "an invoice is checked without longest_gap: expected no longest_gap, got 90"),
        (lambda: check(SCHEDULE, tolerant=True), ArgumentsError,
         "a schedule is checked without tolerant: expected no tolerant, got True"),
        (lambda: check(sound(), tolerant=1), WrongTypeError,
         "tolerant is of the wrong type: expected bool, got 1"),
    ],
    ids=["most", "least", "longest_gap", "tolerant", "a number for a bool"],
)  # fmt: skip
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()


def test_a_schedule_is_checked_by_its_own_rules():
    assert codes(check(SCHEDULE)) == [
        "warning milestones.a.due_on no_deadline",
        "warning milestones.a over_half",
    ]
    assert codes(check(SCHEDULE, most=Percent(100), least=Percent(1), longest_gap=1)) == [
        "warning milestones.a.due_on no_deadline"
    ]


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("line_minor", 1, ["line_total BR-CO-10"]),
        ("allowance_minor", 1, ["allowance_total BR-CO-11"]),
        ("charge_minor", 1, ["charge_total BR-CO-12"]),
        ("tax_minor", 1, ["tax BR-CO-14"]),
        ("prepaid_minor", 1, ["prepaid prepaid_sum"]),
        ("rounding_minor", 1, ["rounding rounding_amount"]),
    ],
)
def test_totals_that_this_library_got_wrong_would_be_found(name, change: int, expected: list[str]):
    invoice = sound(
        prepaid=[Prepaid("D", [TaxSubtotal(STANDARD, eur(100), eur(21))])],
        rounding_amount=eur("0.02"),
    )
    wrong = attrs.evolve(invoice.totals, **{name: getattr(invoice.totals, name) + change})
    object.__setattr__(invoice, "totals", wrong)
    assert codes(check(invoice)) == [f"error {each}" for each in expected]


def test_groups_and_accounting_tax_that_this_library_got_wrong_would_be_found():
    invoice = sound(tax_currency=TaxCurrency("SEK", "11.25"))
    tax = invoice.totals.tax_minor + 1
    group = (STANDARD, invoice.totals.line_minor, tax)
    wrong = attrs.evolve(invoice.totals, groups=(group,), tax_minor=tax)
    object.__setattr__(invoice, "totals", wrong)
    assert codes(check(invoice)) == [
        "error breakdown[0].amount BR-CO-17",
        "error breakdown[0].amount BR-S-09",
    ]
    invoice = sound(tax_currency=TaxCurrency("SEK", "11.25"))
    other = attrs.evolve(invoice.totals, tax_currency=TaxCurrency("SEK", "11.26"))
    object.__setattr__(invoice, "totals", other)
    assert codes(check(invoice)) == ["error tax_currency BR-53"]
    (finding,) = check(invoice)
    assert finding.message == "SEK 2364.60 is not tax x exchange rate, which is SEK 2362.50"
