"""What a message adds to help: the hint that mends the mistake, words without quotes, facts."""

import copy
import pickle
from datetime import date

import pytest

from milestone_invoicing import (
    MANUAL,
    ON_APPROVAL,
    ON_DELIVERY,
    ON_SIGNING,
    ON_START,
    REST,
    AddDays,
    AddMonths,
    AlreadyIssuedError,
    AnyTrigger,
    Approved,
    AtProgress,
    Cancelled,
    Currency,
    DayOfMonth,
    Delivered,
    DueRule,
    DueStep,
    Fact,
    Installment,
    Invoice,
    Line,
    Milestone,
    MilestoneInvoicingError,
    Money,
    NotReadyError,
    OnDate,
    OverbillingError,
    Party,
    PaymentTerms,
    Percent,
    Reversed,
    Schedule,
    UnknownCurrencyError,
    WrongTypeError,
    draft_invoice,
    issue,
)
from milestone_invoicing.errors import Words

MAY_4, MAY_20 = date(2026, 5, 4), date(2026, 5, 20)
HUNDRED = Money.of(100, "EUR")
ACME = Party("acme", "Acme")


@pytest.mark.parametrize(
    ("steps", "due_on"),
    [
        pytest.param((), MAY_4, id="no step = the issue date"),
        pytest.param((AddDays(30),), date(2026, 6, 3), id="30 days"),
        pytest.param((AddMonths(1),), date(2026, 6, 4), id="1 month"),
        pytest.param(
            (AddDays(30), DayOfMonth(10, months=1)), date(2026, 7, 10), id="30 days, then the 10th"
        ),
        pytest.param(
            (DayOfMonth(10, months=1), AddDays(30)), date(2026, 7, 10), id="the 10th, then 30 days"
        ),
    ],
)
def test_terms_by_steps_are_due_in_one_part_where_the_steps_lead(
    steps: tuple[DueStep, ...], due_on: date
):
    terms = PaymentTerms.by(*steps)
    assert terms == PaymentTerms([Installment(Percent(100), DueRule(steps))])
    (part,) = terms.due(HUNDRED, MAY_4)
    assert (part.due_on, part.amount) == (due_on, HUNDRED)


def test_the_presets_are_terms_by_steps():
    assert PaymentTerms.net(30) == PaymentTerms.by(AddDays(30))
    assert PaymentTerms.on_receipt().due(HUNDRED, MAY_4) == PaymentTerms.by().due(HUNDRED, MAY_4)


@pytest.mark.parametrize("step", [30, "30 days", None, DueRule((AddDays(30),))], ids=str)
def test_terms_by_something_else_are_refused(step: object):
    with pytest.raises(WrongTypeError, match=r"\[1\] is of the wrong type: expected AddDays or "):
        PaymentTerms.by(AddDays(1), step)


@pytest.mark.parametrize(
    ("share", "tail"),
    [
        (30, "got 30; a percentage is Percent(30)"),
        (0, "got 0; a percentage is Percent(0)"),
        (-5, "got -5; a percentage is Percent(-5)"),
        (True, "got True"),
        (0.3, "got 0.3"),
        ("30%", "got '30%'"),
        (None, "got None"),
    ],
)
def test_a_bare_whole_number_for_a_share_is_met_with_a_percentage(share: object, tail: str):
    for make, name in (
        (lambda: Milestone("a", "A", share), "the share of milestone 'a'"),
        (lambda: Installment(share), "the share of an instalment"),
    ):
        with pytest.raises(WrongTypeError, match="is of the wrong type") as caught:
            make()
        wanted = "expected Percent or Money or Weight"
        assert str(caught.value) == f"{name} is of the wrong type: {wanted}, {tail}"


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("eur", 'write "EUR"'),
        ("Usd", 'write "USD"'),
        ("xau", 'write "XAU"'),
        ("btc", "a currency of your own is Currency(code, minor_units)"),
        ("EURO", "a currency of your own is Currency(code, minor_units)"),
        ("", "a currency of your own is Currency(code, minor_units)"),
        (" EUR", "a currency of your own is Currency(code, minor_units)"),
    ],
)
def test_a_code_in_small_letters_is_met_with_capitals(code: str, hint: str):
    for make in (Currency.of, Money.zero, lambda code: Money.of(1, code)):
        with pytest.raises(UnknownCurrencyError, match="a currency is not in ISO 4217") as caught:
            make(code)
        assert caught.value.hint == hint
        assert str(caught.value).endswith(f"got {code!r}; {hint}")


@pytest.mark.parametrize(
    ("trigger", "hint"),
    [
        pytest.param(trigger, hint, id=str(trigger))
        for trigger, hint in [
            (ON_SIGNING, "give the schedule the day of signing, signed_on="),
            (ON_START, "record Started(on=...)"),
            (ON_DELIVERY, "record Delivered(on=...)"),
            (ON_APPROVAL, "record Delivered(on=...) and Approved(by, on=...)"),
            (AtProgress(Percent(50)), "record ProgressReported(done, on=...)"),
            (MANUAL, "record Cleared(by, on=...)"),
            (OnDate(MAY_20), ""),
        ]
    ],
)
def test_what_is_not_ready_says_what_is_missing(trigger: AnyTrigger, hint: str):
    schedule = Schedule(HUNDRED, [Milestone("a", "Audit", REST, trigger=trigger)])
    with pytest.raises(NotReadyError, match="milestone 'a' may not be invoiced on ") as caught:
        draft_invoice(schedule, "a", invoices=[], as_of=MAY_4, buyer=ACME)
    assert caught.value.hint == hint
    assert str(caught.value) == (
        f"milestone 'a' may not be invoiced on 2026-05-04: expected its trigger ({trigger}), "
        f"got a milestone that is planned{f'; {hint}' if hint else ''}"
    )


def test_before_the_day_of_signing_that_day_is_named():
    milestones = [Milestone("a", "Audit", REST, trigger=ON_SIGNING)]
    schedule = Schedule(HUNDRED, milestones, signed_on=MAY_20)
    with pytest.raises(NotReadyError, match="may not be invoiced on 2026-05-04") as caught:
        draft_invoice(schedule, "a", invoices=[], as_of=MAY_4, buyer=ACME)
    assert caught.value.hint == "it is signed on 2026-05-20"


@pytest.mark.parametrize("trigger", [ON_SIGNING, ON_START, MANUAL, OnDate(MAY_4)], ids=str)
def test_for_what_was_cancelled_nothing_is_missing(trigger: AnyTrigger):
    schedule = Schedule(HUNDRED, [Milestone("a", "Audit", REST, trigger=trigger)])
    schedule = schedule.record("a", Cancelled("no longer needed", on=MAY_4))
    with pytest.raises(NotReadyError, match=r"got a milestone that is cancelled$") as caught:
        draft_invoice(schedule, "a", invoices=[], as_of=MAY_20, buyer=ACME)
    assert caught.value.hint == ""


def test_a_milestone_of_zero_is_called_a_gate_and_a_billed_one_names_its_bill():
    schedule = Schedule(
        HUNDRED,
        [
            Milestone("gate", "Go or no go", Percent(0), trigger=ON_SIGNING),
            Milestone("a", "Audit", REST, trigger=ON_SIGNING),
        ],
        signed_on=MAY_4,
    )
    with pytest.raises(OverbillingError, match="nothing is left to bill of milestone") as gate:
        draft_invoice(schedule, "gate", invoices=[], as_of=MAY_4, buyer=ACME)
    assert gate.value.hint == "a milestone of zero is a gate, which is never billed"
    bill = draft_invoice(schedule, "a", invoices=[], as_of=MAY_4, buyer=ACME)
    bill = issue(bill, number="1", on=MAY_4)
    with pytest.raises(OverbillingError, match="nothing is left to bill of milestone") as billed:
        draft_invoice(schedule, "a", invoices=[bill], as_of=MAY_4, buyer=ACME)
    assert billed.value.hint == "it is billed on 1"


def shown(got: object) -> str:
    return str(MilestoneInvoicingError("a fact", expected="this", got=got))


@pytest.mark.parametrize(
    ("got", "text"),
    [
        (Words("two of them"), "two of them"),
        ("two of them", "'two of them'"),
        (Words("two\nlines  of"), "two lines of"),
        (Words("x" * 81), "x" * 77 + "..."),
        (Words(""), ""),
    ],
)
def test_words_are_shown_without_quotes_and_texts_with_them(got: str, text: str):
    assert shown(got) == f"a fact: expected this, got {text}"


def test_an_error_keeps_its_words_through_pickle_and_copy():
    draft = Invoice("1", MAY_4, ACME, [Line("Audit", 1, HUNDRED)])
    with pytest.raises(AlreadyIssuedError, match=r"got invoice 1$") as caught:
        issue(draft, number="2", on=MAY_4)
    error = caught.value
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert str(again) == str(error)
        assert again.got == Words("invoice 1")
        assert type(again.got) is Words


DELIVERED = Delivered(on=MAY_4, recorded_on=MAY_20)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Fact(on=MAY_4), "Fact on 2026-05-04"),
        (DELIVERED, "Delivered on 2026-05-04"),
        (Approved("client", on=MAY_20), "Approved on 2026-05-20"),
        (Reversed(DELIVERED, "mistake", on=MAY_20), "Reversed on 2026-05-20"),
    ],
)
def test_a_fact_reads_as_what_happened_and_when(fact: Fact, text: str):
    assert str(fact) == f"{fact}" == text
    assert shown(fact) == f"a fact: expected this, got {text}"
