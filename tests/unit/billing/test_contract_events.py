"""One event of a contract: recorded once, it moves retainage, terms, applications and forecasts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AddDays,
    Approved,
    ChangeOrder,
    ContractFact,
    Delivered,
    Deposit,
    DueRule,
    EventOccurred,
    ForecastPeriod,
    Installment,
    Invoice,
    Milestone,
    PaymentTerms,
    Percent,
    ProgressReported,
    ReleaseOn,
    Retainage,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Reterm,
    Reversed,
    Schedule,
    Tax,
    Voided,
    WorkRecord,
    as_known_on,
    cash_forecast,
    draft_deposit,
    draft_invoice,
    draft_release,
    due_items,
    issue,
    progress_application,
    record_events,
    release_retainage,
    retainage_state,
    work_status,
)
from milestone_invoicing.contract.work_standing import work_days
from milestone_invoicing.errors import (
    ImpossibleFactError,
    MilestoneInvoicingError,
    NothingToReverseError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, eur, july, june, line, may

UNBILLED = RetainageMode.UNBILLED
FALLING = [RetainageStep(5), RetainageStep("2.5", after="completion")]
HALF_AFTER = PaymentTerms(
    [Installment(Percent(50)), Installment(REST, DueRule((AddDays(10),)), after="completion")]
)
DAY, LATER = june(1), june(10)
CAME = EventOccurred("completion", on=DAY)
BACK = Reversed(CAME, "not yet", on=june(5))
AGAIN = EventOccurred("completion", on=june(8))


def contract(
    steps: Sequence[RetainageStep] = FALLING, *, terms: PaymentTerms | None = None, **rule: Any
) -> Schedule:
    """Return a contract of 60,000, 20,000 and 20,000, each to be billed at once."""
    return Schedule(
        eur(100_000),
        [
            Milestone(key, key.upper(), eur(worth), trigger=ON_SIGNING)
            for key, worth in (("a", 60_000), ("b", 20_000), ("c", 20_000))
        ],
        signed_on=april(1),
        terms=terms,
        retainage=Retainage(steps, **rule),
    )


def drafted(schedule: Schedule, key: str, known: Sequence[Invoice] = (), day: date = LATER):
    return draft_invoice(schedule, key, invoices=known, as_of=day, buyer=ACME, tax=Tax.standard(20))


def billed(
    schedule: Schedule, keys: str, known: Sequence[Invoice] = (), day: date = LATER
) -> tuple[Invoice, ...]:
    """Return *known* and one bill more for each of the milestones *keys*."""
    for key in keys:
        known = (*known, issue(drafted(schedule, key, known, day), number=key, on=day))
    return tuple(known)


def released(bills: Sequence[Invoice], amount: int, day: date = LATER) -> tuple[Invoice, ...]:
    return release_retainage(bills, on=day, due_on=july(1), amount=eur(amount))


def kept(bills: Sequence[Invoice]) -> list[int]:
    """Return what each bill keeps back, held or left off, in whole euros."""
    lines = ((each, sum(-ln.net.minor for ln in each.lines if ln.retainage)) for each in bills)
    return [(each.held.minor if each.held else off) // 100 for each, off in lines]


def figures(schedule: Schedule, bills: Sequence[Invoice], day: date = LATER) -> tuple[int, ...]:
    """Return due to be held, held and to release, in whole euros."""
    state = retainage_state(schedule, bills, as_of=day)
    return tuple(each.minor // 100 for each in (state.due_to_be_held, state.held, state.to_release))


# Retainage.


def test_on_the_day_of_the_event_what_is_held_beyond_it_is_to_be_released():
    bills = billed(contract(), "a", day=may(1))
    assert kept(bills) == [3000]
    schedule = contract().record_event(CAME)
    assert figures(schedule, bills, may(31)) == (3000, 3000, 0)
    assert figures(schedule, bills, DAY) == (1500, 3000, 1500)


@pytest.mark.parametrize(
    ("release", "steps", "rule", "expected", "state"),
    [
        pytest.param(
            1500, FALLING, {}, [3000, 500, 500], (2500, 2500, 0), id="3000 - 1500 + 500 + 500"
        ),
        pytest.param(0, FALLING, {}, [3000, 0, 0], (2500, 3000, 500), id="3000 - 2500 to release"),
        pytest.param(
            700, FALLING, {}, [3000, 0, 200], (2500, 2500, 0), id="3000 - 700, then 2500 - 2300"
        ),
        pytest.param(
            1500,
            [RetainageStep(5), RetainageStep(0, after="completion")],
            {},
            [3000, 0, 0],
            (0, 1500, 1500),
            id="nothing after the event",
        ),
        pytest.param(
            0,
            [RetainageStep(5), RetainageStep(10, after="completion")],
            {},
            [3000, 5000, 2000],
            (10_000, 10_000, 0),
            id="10 % of 80000 - 3000, then of 20000",
        ),
        pytest.param(
            1800,
            FALLING,
            {"base": RetainageBase.GROSS},
            [3600, 600, 600],
            (3000, 3000, 0),
            id="of gross: 3600 - 1800 + 600 + 600",
        ),
        pytest.param(
            1500,
            FALLING,
            {"scope": RetainageScope.MILESTONE},
            [3000, 500, 500],
            (2500, 2500, 0),
            id="milestone by milestone: 1500 of a, 500 of b, 500 of c",
        ),
    ],
)
def test_bills_after_the_event_retain_by_its_step(
    release: int, steps: list[RetainageStep], rule: dict[str, Any], expected: list[int], state: Any
):
    bills = billed(contract(steps, **rule), "a", day=may(1))
    schedule = contract(steps, **rule).record_event(CAME)
    bills = billed(schedule, "bc", released(bills, release) if release else bills)
    assert kept(bills) == expected
    assert figures(schedule, bills) == state


def test_what_one_milestone_holds_beyond_its_rule_does_not_count_for_another():
    rule = {"scope": RetainageScope.MILESTONE}
    bills = billed(contract(**rule), "a", day=may(1))
    schedule = contract(**rule).record_event(CAME)
    bills = billed(schedule, "bc", bills)
    assert kept(bills) == [3000, 500, 500]
    assert figures(schedule, bills) == (2500, 4000, 1500)


def test_what_was_left_off_is_released_by_a_bill_once_the_event_came():
    bills = billed(contract(mode=UNBILLED), "a", day=may(1))
    schedule = contract(mode=UNBILLED).record_event(CAME)
    half = draft_release(schedule, invoices=bills, as_of=LATER, buyer=ACME, amount=eur(1500))
    bills = billed(schedule, "bc", (*bills, issue(half, number="r", on=LATER)))
    assert kept(bills) == [3000, -1500, 500, 500]
    assert figures(schedule, bills) == (2500, 2500, 0)


def test_a_bill_dated_back_before_the_event_retains_as_before_it():
    schedule = contract().record_event(CAME)
    assert kept(billed(schedule, "a", day=may(31))) == [3000]
    assert kept(billed(schedule, "a", day=DAY)) == [1500]


def test_an_event_taken_back_moves_nothing_any_more():
    schedule = contract().record_event(CAME, BACK)
    assert [kept(billed(schedule, "a", day=june(day))) for day in (4, 5)] == [[1500], [3000]]
    assert schedule.happened(as_of=june(4)) == {"completion": DAY}
    assert schedule.happened(as_of=june(5)) == {}
    assert schedule.record_event(AGAIN).happened(as_of=LATER) == {"completion": june(8)}


# Applications for payment.


def test_an_application_retains_by_the_events_that_the_schedule_records():
    schedule = contract().record("a", ProgressReported(Percent(100), on=may(1))).record_event(CAME)
    assert [
        str(progress_application(schedule, number="1", as_of=day).retainage)
        for day in (may(31), DAY)
    ] == ["EUR 3000.00", "EUR 1500.00"]


def test_events_given_and_events_recorded_count_together():
    steps = [*FALLING, RetainageStep(1, after="handover")]
    schedule = contract(steps).record("a", ProgressReported(Percent(100), on=may(1)))
    schedule = schedule.record_event(CAME)
    retained = [
        str(progress_application(schedule, number="1", as_of=DAY, happened=given).retainage)
        for given in ([], ["completion"], ["handover"])
    ]
    assert retained == ["EUR 1500.00", "EUR 1500.00", "EUR 600.00"]


# Terms.


def dues(invoice: Invoice) -> list[str]:
    return [str(item.due_on) for item in due_items(invoice, as_of=july(31))]


def test_a_draft_takes_the_events_along_that_came_by_its_day():
    schedule = contract(terms=HALF_AFTER).record_event(CAME)
    before, after = drafted(schedule, "a", day=may(31)), drafted(schedule, "a", day=DAY)
    assert (before.facts, after.facts) == ((), (CAME,))
    assert dues(issue(before, number="1", on=may(31))) == ["2026-05-31", "None", "None"]
    assert dues(issue(after, number="1", on=DAY)) == ["2026-06-01", "2026-06-11", "None"]


def test_drafts_of_deposits_and_releases_take_them_along_too():
    agreed = contract(terms=HALF_AFTER, mode=UNBILLED)
    schedule = Schedule(
        agreed.total,
        agreed.milestones,
        signed_on=agreed.signed_on,
        terms=HALF_AFTER,
        retainage=agreed.retainage,
        deposit=Deposit(Percent(10)),
    ).record_event(CAME)
    assert draft_deposit(schedule, invoices=[], buyer=ACME).facts == (CAME,)
    bills = billed(agreed, "a", day=may(1))
    for day, facts in ((may(31), ()), (DAY, (CAME,))):
        assert draft_release(schedule, invoices=bills, as_of=day, buyer=ACME).facts == facts


def test_a_draft_with_terms_of_its_own_takes_none_that_they_do_not_wait_for():
    schedule = contract(terms=HALF_AFTER).record_event(CAME)
    draft = draft_invoice(
        schedule, "a", invoices=[], as_of=DAY, buyer=ACME, terms=PaymentTerms.net(30)
    )
    assert draft.facts == ()


def test_bills_that_were_there_before_get_what_they_wait_for():
    schedule = contract(terms=HALF_AFTER)
    first, *_ = billed(schedule, "a", day=may(1))
    draft = drafted(schedule, "b", [first], day=may(1))
    void = bill(terms=HALF_AFTER, number="v").record(Voided("wrong client", on=may(2)))
    other = bill(number="o")
    known = [first, draft, void, other]
    came = record_events(schedule.record_event(CAME), known)
    assert [each.facts for each in came] == [(CAME,), (CAME,), void.facts, ()]
    assert dues(came[0]) == ["2026-05-01", "2026-06-11", "None"]
    assert record_events(schedule.record_event(CAME), came) == came
    back = record_events(schedule.record_event(CAME, BACK, AGAIN), came)
    assert [each.facts for each in back[:2]] == [(CAME, BACK, AGAIN)] * 2
    assert dues(back[0]) == ["2026-05-01", "2026-06-18", "None"]
    assert record_events(schedule.record_event(CAME, BACK, AGAIN), known) == back


def test_an_event_that_came_twice_comes_twice_to_its_bills():
    twice = (CAME, Reversed(CAME, "not yet", on=june(5)), CAME)
    schedule = contract(terms=HALF_AFTER).record_event(CAME, BACK)
    with pytest.raises(NothingToReverseError, match=r"^there is nothing to reverse: "):
        schedule.record_event(BACK)
    (first,) = billed(contract(terms=HALF_AFTER), "a", day=may(1))
    (first,) = record_events(schedule, [first])
    assert first.facts == twice[:2]


def test_a_bill_of_nothing_may_know_its_event():
    lines = [line(1000), line(-1000)]
    free = Invoice("1", may(1), ACME, lines, terms=HALF_AFTER, facts=[CAME])
    assert [part.due_on for part in free.installments] == [may(1)]


def test_an_event_that_the_invoice_knows_by_another_day_is_refused():
    (first,) = billed(contract(terms=HALF_AFTER), "a", day=may(1))
    with pytest.raises(
        ImpossibleFactError,
        match=r"^EventOccurred on 2026-06-01 is impossible: expected an event that has not "
        r"happened yet, got 'completion'$",
    ):
        record_events(contract(terms=HALF_AFTER).record_event(CAME), [first.record(AGAIN)])


# Forecasts.


def undated(schedule: Schedule, bills: Sequence[Invoice], tax: Tax | None = None) -> int:
    """Return what is scheduled without a day, in whole euros."""
    forecast = cash_forecast(
        schedule, bills, as_of=LATER, until=july(31), period=ForecastPeriod.MONTH, tax=tax
    )
    return forecast.rows[-1].scheduled.minor // 100


@pytest.mark.parametrize(
    ("rule", "tax", "release", "expected"),
    [
        pytest.param({}, None, 1500, 1000, id="released: 500 + 500"),
        pytest.param({}, None, 0, 0, id="not released: 3000 are more than 2500"),
        pytest.param({}, None, 700, 200, id="2300 are held of 2500"),
        pytest.param({"base": RetainageBase.GROSS}, Tax.standard(20), 1800, 1200, id="gross"),
        pytest.param({"base": RetainageBase.GROSS}, Tax.standard(20), 840, 240, id="gross, a part"),
        pytest.param({"scope": RetainageScope.MILESTONE}, None, 1500, 1000, id="by milestone"),
        pytest.param({"scope": RetainageScope.MILESTONE}, None, 0, 1000, id="not of another"),
    ],
)
def test_a_forecast_retains_by_the_step_of_the_event(
    rule: dict[str, Any], tax: Tax | None, release: int, expected: int
):
    bills = billed(contract(**rule), "a", day=may(1))
    bills = released(bills, release) if release else bills
    assert undated(contract(**rule).record_event(CAME), bills, tax) == expected


def test_a_forecast_knows_the_day_of_what_waited_for_the_event():
    agreed = contract(terms=HALF_AFTER)
    known = billed(agreed, "a", day=may(1))
    # Half of each bill waits, and 1000 of b and of c are retained; then 500 of each, of 3000 held.
    assert undated(agreed, known) == 9500 + 9500 + 2000
    assert undated(agreed.record_event(CAME), released(known, 1500)) == 1000


@pytest.mark.parametrize(("release", "expected"), [("FACT", 5000), ("COMPLETION", 0)])
def test_a_forecast_retains_nothing_that_the_end_of_the_work_released(release: str, expected: int):
    schedule = contract([RetainageStep(5)], release=ReleaseOn[release])
    for key in "abc":
        schedule = schedule.record(key, Delivered(on=DAY), Approved("Eve", on=LATER))
    assert undated(schedule, []) == expected


# What may be recorded.

RETERM = ChangeOrder("CO-1", [Reterm("b", HALF_AFTER)], on=may(15), reason="later")
PLAIN = Schedule(eur(900), [Milestone("a", "Audit", eur(300)), Milestone("b", "Build", REST)])
OCCURRED = "EventOccurred on 2026-06-01 is impossible: expected an event that"
WAITED_FOR = f"{OCCURRED} something waits for"
NOTHING = "there is nothing to reverse: expected an equal fact that stands"
OWN = Schedule(eur(900), [Milestone("a", "Audit", REST, terms=HALF_AFTER)])


@pytest.mark.parametrize(
    "schedule",
    [
        pytest.param(contract(), id="its retainage"),
        pytest.param(contract([RetainageStep(5)], terms=HALF_AFTER), id="its terms"),
        pytest.param(OWN, id="a milestone's terms"),
        pytest.param(PLAIN.apply(RETERM, billed={}), id="a change order's terms"),
    ],
)
def test_the_contract_waits_for_the_events_of(schedule: Schedule):
    assert schedule.events == ("completion",)
    made = schedule.record_event(CAME)
    assert made.contract_facts == (CAME,)
    assert made.facts == (WorkRecord(None, CAME),)
    assert as_known_on(made, may(31)).facts == ()
    assert made.original.facts == ()


def test_each_event_is_named_once_those_of_the_retainage_first():
    terms = PaymentTerms([Installment(Percent(50), after="go"), *HALF_AFTER.installments[1:]])
    assert contract(terms=terms).events == ("completion", "go")


@pytest.mark.parametrize(
    ("schedule", "facts", "error", "message"),
    [
        (
            contract(),
            [EventOccurred("Completion", on=DAY)],
            ImpossibleFactError,
            f"{WAITED_FOR}, 'completion', got 'Completion'",
        ),
        (
            contract([*FALLING, RetainageStep(1, after="end")]),
            [EventOccurred("go", on=DAY)],
            ImpossibleFactError,
            f"{WAITED_FOR}, 'completion' or 'end', got 'go'",
        ),
        (
            PLAIN,
            [CAME],
            ImpossibleFactError,
            f"{WAITED_FOR}, none at all, got 'completion'",
        ),
        (
            contract(),
            [AGAIN, CAME],
            ImpossibleFactError,
            f"{OCCURRED} has not happened yet, got 'completion'",
        ),
        (
            contract(),
            [BACK],
            NothingToReverseError,
            f"{NOTHING} on 2026-06-05, got EventOccurred on 2026-06-01",
        ),
        (
            contract(),
            [CAME, Reversed(Delivered(on=DAY), "no", on=DAY)],
            NothingToReverseError,
            f"{NOTHING} on 2026-06-01, got Delivered on 2026-06-01",
        ),
        (
            contract(),
            [Delivered(on=DAY)],
            WrongTypeError,
            (
                "the fact for the contract is of the wrong type: expected EventOccurred or "
                "Reversed, got Delivered on 2026-06-01"
            ),
        ),
    ],
)
def test_what_cannot_have_happened_to_a_contract(
    schedule: Schedule,
    facts: list[ContractFact],
    error: type[MilestoneInvoicingError],
    message: str,
):
    with pytest.raises(error, match=f"^{message}$") as caught:
        schedule.record_event(*facts)
    if isinstance(caught.value, ImpossibleFactError):
        assert caught.value.refused == facts[-1]


def test_an_event_is_no_fact_of_a_milestone():
    message = "^the fact for milestone 'a' is of the wrong type: expected Started or .*, got Event"
    with pytest.raises(WrongTypeError, match=message):
        contract().record("a", CAME)  # type: ignore[arg-type]
    schedule = contract().record("a", Delivered(on=may(4))).record_event(CAME)
    assert schedule.facts_of("a") == (Delivered(on=may(4)),)
    assert work_status(schedule, "a", as_of=july(1)).since == may(4)
    assert work_days(schedule, "a") == {april(1), may(4)}


def test_a_change_order_that_is_not_known_yet_hides_the_event_that_only_it_waits_for():
    schedule = PLAIN.record("a", Delivered(on=may(4)))
    early = EventOccurred("completion", on=may(6))
    later = schedule.apply(RETERM, billed={}).record_event(early)
    assert work_status(later, "a", as_of=may(10)) == work_status(schedule, "a", as_of=may(10))
    for known in (later, schedule):
        forecast = cash_forecast(
            known, [], as_of=may(10), until=june(30), period=ForecastPeriod.MONTH
        )
        assert forecast.rows[-1].scheduled == eur(900)


@pytest.mark.parametrize(
    ("facts", "error", "message"),
    [
        (
            [EventOccurred("go", on=DAY)],
            ImpossibleFactError,
            f"{WAITED_FOR}, 'completion', got 'go'",
        ),
        (
            [CAME, Voided("wrong client", on=DAY)],
            ImpossibleFactError,
            (
                r"a draft has no facts: expected an issued invoice, got Voided on 2026-06-01; "
                r"call issue\(draft, number=\.\.\., on=\.\.\.\) first"
            ),
        ),
        (
            [Reversed(Voided("wrong client", on=DAY), "no", on=DAY)],
            ImpossibleFactError,
            (
                r"a draft has no facts: expected an issued invoice, got Reversed on 2026-06-01; "
                r"call issue\(draft, number=\.\.\., on=\.\.\.\) first"
            ),
        ),
        ([BACK], NothingToReverseError, "there is nothing to reverse: .*"),
    ],
)
def test_a_draft_has_no_facts_but_events_that_it_waits_for(
    facts: list[Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}$"):
        Invoice(None, None, ACME, [line()], terms=HALF_AFTER, facts=facts)


def test_what_record_events_takes():
    with pytest.raises(WrongTypeError, match=r"^the schedule is of the wrong type: expected Sch"):
        record_events(None, [])  # type: ignore[arg-type]
    with pytest.raises(WrongTypeError, match=r"^invoices is not a collection: expected a list"):
        record_events(contract(), None)  # type: ignore[arg-type]
