"""Invoices: what they are built from, when they are drafts, issuing, and records over several."""

import copy
import pickle
from datetime import date, datetime
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    Books,
    DueAmount,
    DueRule,
    Installment,
    Invoice,
    InvoiceKind,
    Payment,
    PaymentTerms,
    Percent,
    Remainder,
    Sent,
    issue,
    record,
)
from milestone_invoicing.errors import (
    AlreadyIssuedError,
    BlankTextError,
    DateRangeError,
    DateTypeError,
    DueBeforeStartError,
    DuplicateNumberError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NoLinesError,
    SharesError,
    UnknownInvoiceError,
    WrongTypeError,
)
from tests.unit.bills import ACME, bill, eur, line, may

SENT = Sent(on=may(1))


@pytest.mark.parametrize(
    ("number", "issued_on", "is_draft"),
    [("1", may(1), False), (None, may(1), True), ("1", None, True), (None, None, True)],
)
def test_a_draft_misses_number_or_date(number: str | None, issued_on: date | None, is_draft: bool):
    invoice = bill(number=number, issued_on=issued_on)
    assert invoice.is_draft is is_draft
    assert bool(invoice.installments) is not is_draft
    assert invoice.is_issued(may(1)) is not is_draft
    assert invoice.payable == eur(1000)


@pytest.mark.parametrize(
    ("asked", "issued"), [(date(2026, 4, 30), False), (may(1), True), (may(2), True)], ids=str
)
def test_an_invoice_is_a_claim_from_its_issue_date_on(asked: date, issued: bool):
    assert bill().is_issued(asked) is issued


def test_asking_about_a_moment_is_refused():
    with pytest.raises(DateTypeError, match=r"as_of is not a plain date.*call .date\(\)"):
        bill().is_issued(datetime(2026, 5, 1))  # refused whatever its zone


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"number": " "}, BlankTextError, "the number of an invoice is blank"),
        ({"number": 1}, WrongTypeError, "the number of an invoice is of the wrong type"),
        ({"issued_on": "2026-05-01"}, DateTypeError, "issued_on is not a plain date"),
        ({"buyer": "acme"}, WrongTypeError, "the buyer is of the wrong type: expected Party"),
        ({"seller": "us"}, WrongTypeError, "the seller is of the wrong type: expected Party or N"),
        ({"terms": 30}, WrongTypeError, "the terms of an invoice is of the wrong type"),
        ({"kind": 380}, WrongTypeError, "the kind of invoice is of the wrong type"),
        ({"note": None}, WrongTypeError, "the note is of the wrong type: expected str"),
        ({"owner": 1}, WrongTypeError, "owner is of the wrong type: expected str or None"),
        ({"project": 1}, WrongTypeError, "project is of the wrong type: expected str or None"),
        ({"lines": []}, NoLinesError, "an invoice has no lines: expected at least one Line"),
        ({"lines": ["x"]}, WrongTypeError, r"lines\[0\] is of the wrong type: expected Line"),
        ({"lines": line()}, WrongTypeError, "lines is not a collection"),
        ({"preceding": "1"}, WrongTypeError, "preceding is not a collection"),
        ({"preceding": [1]}, WrongTypeError, r"preceding\[0\] is of the wrong type: expected str"),
        ({"facts": [may(1)]}, WrongTypeError, r"facts\[0\] is of the wrong type: expected Sent or"),
        ({"facts": SENT}, WrongTypeError, "facts is not a collection"),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else None,
)
def test_an_invoice_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    good = {"number": "1", "issued_on": may(1), "buyer": ACME, "lines": [line()]}
    with pytest.raises(error, match=message):
        Invoice(**(good | parts))


def test_terms_that_do_not_fit_the_amount_are_refused():
    fixed = PaymentTerms([Installment(eur(900)), Installment(eur(200))])
    with pytest.raises(SharesError, match=r"the shares ask for EUR 100.00 more than the total"):
        bill(terms=fixed)


def test_terms_that_do_not_fit_the_amount_are_no_matter_for_a_draft_until_it_is_issued():
    draft = bill(number=None, issued_on=None, terms=PaymentTerms([Installment(eur(900))]))
    with pytest.raises(SharesError, match=r"leave EUR 100.00 of the total over"):
        issue(draft, number="1", on=may(1))


def test_terms_that_lead_nowhere_are_refused():
    with pytest.raises(DateRangeError, match="the years 1 to 9999"):
        bill(issued_on=date(9999, 12, 31))
    back = PaymentTerms([Installment(Percent(100), DueRule((AddDays(-1),)))])
    with pytest.raises(DueBeforeStartError, match="a due rule leads back in time"):
        bill(terms=back)


def test_instalments_are_what_was_first_agreed():
    thirds = PaymentTerms.monthly(3, first_days=14)
    assert bill(100, terms=thirds).installments == (
        DueAmount(may(15), eur("33.33")),
        DueAmount(date(2026, 6, 15), eur("33.33")),
        DueAmount(date(2026, 7, 15), eur("33.34")),
    )


def test_terms_are_on_receipt_unless_told():
    invoice = Invoice("1", may(1), ACME, [line(1)])
    assert invoice.installments == (DueAmount(may(1), eur(1)),)
    assert invoice.terms.remainder is Remainder.BALANCE


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("INVOICE", 380),
        ("CORRECTED", 384),
        ("PARTIAL", 326),
        ("DEPOSIT", 386),
        ("PARTIAL_CONSTRUCTION", 875),
        ("PARTIAL_FINAL_CONSTRUCTION", 876),
        ("FINAL_CONSTRUCTION", 877),
        ("CREDIT_NOTE", 381),
        ("DEPOSIT_CREDIT_NOTE", 503),
    ],
)
def test_a_kind_has_its_code_of_untdid_1001(kind: str, code: int):
    assert InvoiceKind[kind].value == code
    assert len(InvoiceKind) == 9


def test_net_of_a_milestone_is_that_of_its_lines():
    lines = [line(5, milestone="a"), line(7, milestone="b"), line(-2, milestone="a"), line(9)]
    invoice = Invoice("1", may(1), ACME, lines)
    assert [invoice.net_of(key) for key in ("a", "b", "c")] == [eur(3), eur(7), eur(0)]


def test_issuing_gives_number_and_date():
    draft = bill(number=None, issued_on=None)
    assert issue(draft, number="2026-7", on=may(4)) == bill(number="2026-7", issued_on=may(4))


def test_issuing_a_numbered_draft_may_give_it_another_number():
    assert issue(bill(number="x", issued_on=None), number="1", on=may(1)) == bill()


@pytest.mark.parametrize(
    ("draft", "number", "on", "error", "message"),
    [
        (bill(), "2", may(2), AlreadyIssuedError, "is issued once: expected a draft, got invoice"),
        (line(), "2", may(2), WrongTypeError, "the draft is of the wrong type: expected Invoice"),
        (bill(number=None), "", may(2), BlankTextError, "the number of an invoice is blank"),
        (bill(number=None), None, may(2), WrongTypeError, "the number of an invoice is of the w"),
        (bill(number=None), "2", None, DateTypeError, "the issue date is not a plain date"),
    ],
)
def test_issuing_refuses(
    draft: Any, number: Any, on: Any, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        issue(draft, number=number, on=on)


def test_record_puts_facts_on_the_invoice_of_that_number_and_keeps_the_order():
    invoices = [bill(number="1"), bill(number=None), bill(number="2"), bill(number=None)]
    paid = Payment(eur(5), on=may(2))
    first, draft, second, other = record(iter(invoices), "2", SENT, paid)
    assert (first, draft, other) == (invoices[0], invoices[1], invoices[3])
    assert second.facts == (SENT, paid)


@pytest.mark.parametrize(
    ("invoices", "number", "facts", "error", "message"),
    [
        (
            [bill()],
            "2",
            [SENT],
            UnknownInvoiceError,
            "no invoice has this number: expected the number of one of the invoices, got '2'",
        ),
        ([], "1", [SENT], UnknownInvoiceError, "no invoice has this number"),
        (
            [bill(), bill()],
            "1",
            [SENT],
            DuplicateNumberError,
            "two invoices have one number: expected unique numbers, got '1'",
        ),
        ([bill(), "2"], "1", [SENT], WrongTypeError, r"invoices\[1\] is of the wrong type"),
        (bill(), "1", [SENT], WrongTypeError, "invoices is not a collection"),
        ([bill()], None, [SENT], WrongTypeError, "the number of an invoice is of the wrong type"),
        ([bill()], " ", [SENT], BlankTextError, "the number of an invoice is blank"),
        ([bill(issued_on=None)], "1", [SENT], ImpossibleFactError, "a draft has no facts"),
        ([bill()], "1", [may(1)], WrongTypeError, r"facts\[0\] is of the wrong type"),
        ([bill(1000, SENT)], "1", [SENT, 3], WrongTypeError, r"facts\[2\] is of the wrong type"),
    ],
)
def test_record_refuses(
    invoices: Any, number: Any, facts: Any, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        record(invoices, number, *facts)


@attrs.frozen
class Ordered(Invoice):
    """An invoice of a user's own, with a part of its own and a rule of its own."""

    shop: str = attrs.field(default="north", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse more than two facts."""
        super().__attrs_post_init__()
        if len(self.facts) > 2:
            raise ValueError("too many facts")


def test_an_invoice_of_a_users_own_keeps_its_parts_and_its_rules():
    draft = Ordered(None, None, ACME, [line()], shop="south")
    invoice = issue(draft, number="1", on=may(1)).record(SENT, SENT)
    assert (type(invoice), invoice.shop, invoice.facts) == (Ordered, "south", (SENT, SENT))
    with pytest.raises(ValueError, match="too many facts"):
        invoice.record(SENT)
    with pytest.raises(WrongTypeError, match=r"^facts\[2\] is of the wrong type"):
        invoice.record(3)


def test_a_record_shares_what_was_worked_out_before_it():
    invoice = bill()
    assert invoice.record(SENT).totals is invoice.totals
    assert invoice.record(SENT).claim is invoice.claim
    draft = bill(number=None)
    assert draft.record().claim is None
    assert issue(draft, number="1", on=may(1)).totals is draft.totals


def test_recording_nothing_changes_nothing():
    assert record([bill()], "1") == Books([bill()])


def test_a_value_that_has_cached_its_totals_pickles_and_copies_to_an_equal_one():
    invoice = bill(1000, SENT, Payment(eur(400), on=may(3)))
    assert invoice.installments
    assert invoice.totals
    for other in (pickle.loads(pickle.dumps(invoice)), copy.copy(invoice), copy.deepcopy(invoice)):
        assert other == invoice
        assert hash(other) == hash(invoice)
        assert other.totals == invoice.totals
