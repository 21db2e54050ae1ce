"""What waits for a decision after voids, seen in the order of events, however often it happens."""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    BlankTextError,
    CreditEffect,
    DuplicateNumberError,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Party,
    Schedule,
    Voided,
    draft_invoice,
    milestone_billing,
)

ACME = Party("acme", "Acme")
CONTRACT = Schedule(
    Money.of(200, "EUR"),
    [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
    signed_on=date(2026, 5, 1),
)


def may(day: int) -> date:
    return date(2026, 5, day)


def bill(
    number: str, issued: int, amount: int, *, names: tuple[str, ...] = (), void: int | None = None
) -> Invoice:
    line = Line("Audit", 1, Money.of(amount, "EUR"), milestone="a")
    facts = () if void is None else (Voided("wrong", on=may(void)),)
    return Invoice(number, may(issued), ACME, [line], preceding=names, facts=facts)


def note(number: str, issued: int, amount: int, of: str, *, void: int | None = None) -> Invoice:
    """Return a credit note of an invoice, which is to be billed again."""
    billed = bill(number, issued, amount, names=(of,), void=void)
    (line,) = billed.lines
    return attrs.evolve(
        billed,
        lines=[attrs.evolve(line, quantity=-1)],
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.REBILL,
    )


@pytest.mark.parametrize(
    ("bills", "terms"),
    [
        pytest.param([bill("1", 2, 60, void=5)], (0, 60, 140), id="60 voided = 60 wait"),
        pytest.param(
            [bill("1", 2, 60, void=5), bill("2", 6, 60, names=("1",))],
            (60, 0, 140),
            id="60 voided, 60 again = nothing waits",
        ),
        pytest.param(
            [bill("1", 2, 60, void=5), bill("2", 6, 60, names=("1",), void=7)],
            (0, 60, 140),
            id="60 voided, again, voided = 60 wait",
        ),
        pytest.param(
            [
                bill("1", 2, 60, void=5),
                bill("2", 6, 60, names=("1",)),
                bill("3", 7, 60, names=("1",)),
            ],
            (120, 0, 80),
            id="60 voided, again twice = the second is a first bill",
        ),
        pytest.param(
            [
                bill("1", 2, 60, void=5),
                bill("2", 6, 60, names=("1",), void=8),
                bill("3", 7, 60, names=("1",), void=8),
            ],
            (0, 120, 80),
            id="60 voided, again twice, both voided = 120 wait",
        ),
        pytest.param(
            [bill("1", 2, 40, void=5), bill("2", 5, 60, names=("1",), void=8)],
            (0, 60, 140),
            id="40 voided, 60 again, voided = 60 wait",
        ),
        pytest.param(
            [bill("2", 5, 60, names=("1",), void=5), bill("1", 5, 60, void=5)],
            (0, 60, 140),
            id="all on one day, in any order = 60 wait",
        ),
        pytest.param(
            [
                bill("3", 5, 60, names=("2",)),
                bill("2", 5, 60, names=("1",), void=5),
                bill("1", 5, 60, void=5),
            ],
            (60, 0, 140),
            id="a chain of one day, last first = nothing waits",
        ),
        pytest.param(
            [bill("1", 5, 60, names=("2",), void=5), bill("2", 5, 60, names=("1",), void=5)],
            (0, 120, 80),
            id="two that name each other on one day = both were first bills",
        ),
        pytest.param(
            [
                bill("1", 2, 60, void=5),
                bill("2", 6, 100, names=("1",)),
                note("N", 6, 100, "2"),
            ],
            (100, 100, 100),
            id="60 voided, 60 again and 40 more, all credited that day = 100 wait",
        ),
        pytest.param(
            [
                bill("1", 2, 60, void=5),
                bill("2", 6, 100, names=("1",)),
                note("N", 6, 100, "2", void=6),
            ],
            (100, 0, 100),
            id="the same, and the note is void that day = nothing waits",
        ),
        pytest.param(
            [
                bill("1", 2, 60),
                note("M", 3, 60, "1", void=6),
                bill("2", 4, 60, names=("M",)),
                note("N", 6, 60, "2"),
            ],
            (120, 0, 140),
            id="60 credited and 60 not any more on one day = nothing waits",
        ),
    ],
)
def test_what_waits_is_seen_in_the_order_of_events(bills: list[Invoice], terms: tuple[int, ...]):
    billing = milestone_billing(CONTRACT, "a", bills, as_of=may(20))
    found = (billing.invoiced, billing.awaiting_decision, billing.not_yet_invoiced)
    assert found == tuple(Money.of(term, "EUR") for term in terms)


def test_an_invoice_does_not_precede_itself():
    with pytest.raises(DuplicateNumberError, match=r"names itself as preceding: .* got '1'"):
        bill("1", 2, 60, names=("1",))


def test_a_preceding_number_is_not_blank():
    with pytest.raises(BlankTextError, match="a preceding number is blank"):
        bill("1", 2, 60, names=(" ",))


def test_a_draft_takes_no_number_that_is_taken():
    with pytest.raises(DuplicateNumberError, match=r"the number of another invoice: .* got '1'"):
        draft_invoice(
            CONTRACT, "a", invoices=[bill("1", 2, 60)], as_of=may(3), buyer=ACME, number="1"
        )
