"""Applications for payment of a building contract, each figure worked out by hand."""

from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import (
    Approved,
    Cancelled,
    ChangeOrder,
    Delivered,
    DropMilestone,
    MaterialsStored,
    Percent,
    ProgressApplication,
    ProgressReported,
    ReleaseOn,
    Reprice,
    Retainage,
    RetainageBase,
    RetainageScope,
    RetainageStep,
    Schedule,
    check_application,
    progress_application,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    NumberRangeError,
    OverbillingError,
    RetainageError,
    UnknownMilestoneError,
    WrongTypeError,
)
from milestone_invoicing.money import Money
from tests.unit.building import (
    DONE,
    JULY_31,
    JUNE_30,
    MAY_31,
    RELEASED,
    at_work,
    building,
    completed,
    usd,
    with_retainage,
)

WORK = at_work(building())
ENDS = (MAY_31, JUNE_30, JULY_31, DONE, RELEASED)


def applications(schedule: Schedule, ends=ENDS, **options) -> list[ProgressApplication]:
    made: list[ProgressApplication] = []
    for number, end in enumerate(ends, 1):
        previous = made[-1] if made else None
        made.append(
            progress_application(
                schedule, number=str(number), as_of=end, previous=previous, **options
            )
        )
    return made


def summary(application: ProgressApplication) -> tuple[int, ...]:
    """Return lines 1 to 9 in whole dollars, 5a and 5b before 5."""
    lines = (
        application.original_sum,
        application.change_orders,
        application.contract_sum,
        application.completed_and_stored,
        application.retainage_completed,
        application.retainage_stored,
        application.retainage,
        application.earned_less_retainage,
        application.previous_certificates,
        application.payment_due,
        application.balance_to_finish,
    )
    assert not any(amount.minor % 100 for amount in lines)
    return tuple(amount.minor // 100 for amount in lines)


def columns(application: ProgressApplication) -> dict[str, tuple[int, ...]]:
    """Return columns C to I by key, in whole dollars."""
    return {
        line.key: tuple(
            amount.minor // 100
            for amount in (
                line.scheduled,
                line.previous,
                line.this_period,
                line.stored,
                line.completed_and_stored,
                line.balance,
                line.retainage,
            )
        )
        for line in application.lines
    }


def test_the_summary_of_each_month():
    assert [summary(each) for each in applications(completed(WORK))] == [
        # 20,000 + 50 % of 60,000; 10 % of 50,000 and of 8,000
        (200_000, 0, 200_000, 58_000, 5000, 800, 5800, 52_200, 0, 52_200, 147_800),
        # 20,000 + 60,000 + 5,000 + 20,000; 10 % of 103,000 + 5 % of 2,000; 5 % of 18,000
        (200_000, 6000, 206_000, 123_000, 10_400, 900, 11_300, 111_700, 52_200, 59_500, 94_300),
        # 19,000 + 60,000 + 10,000 + 64,000 + 3,600; 10,300 + 5 % of 53,600; 5 % of 4,000
        (200_000, 6000, 206_000, 160_600, 12_980, 200, 13_180, 147_420, 111_700, 35_720, 58_580),
        # all of it; 10,300 + 5 % of 103,000
        (200_000, 6000, 206_000, 206_000, 15_450, 0, 15_450, 190_550, 147_420, 43_130, 15_450),
        # 60 days later
        (200_000, 6000, 206_000, 206_000, 0, 0, 0, 206_000, 190_550, 15_450, 0),
    ]


def test_the_columns_of_each_month():
    may, june, july, _, _ = applications(completed(WORK))
    assert columns(may) == {
        "site": (20_000, 0, 20_000, 0, 20_000, 0, 2000),
        "base": (60_000, 0, 30_000, 8000, 38_000, 22_000, 3800),
        "frame": (80_000, 0, 0, 0, 0, 80_000, 0),
        "finish": (40_000, 0, 0, 0, 0, 40_000, 0),
    }
    # 10,400 is divided by 20 : 60 : 5 : 20 thousand of work: 1,980.95 + 5,942.86 + ...
    assert [line[:-1] for line in columns(june).values()] == [
        (20_000, 20_000, 0, 0, 20_000, 0),
        (60_000, 30_000, 30_000, 0, 60_000, 0),
        (10_000, 0, 5000, 0, 5000, 5000),
        (80_000, 0, 20_000, 18_000, 38_000, 42_000),
        (36_000, 0, 0, 0, 0, 36_000),
    ]
    kept = ["1980.95", "5942.86", "495.24", "2880.95", "0.00"]
    assert [str(line.retainage.amount) for line in june.lines] == kept
    assert [line[1:3] for line in columns(july).values()] == [
        (20_000, -1000),
        (60_000, 0),
        (5000, 5000),
        (20_000, 44_000),
        (0, 3600),
    ]
    assert [(line.item, line.description) for line in june.lines] == [
        ("1", "Site work"),
        ("2", "Foundation"),
        ("3", "Drainage"),
        ("4", "Frame"),
        ("5", "Finishes"),
    ]


def test_change_orders_stand_in_the_month_from_which_they_count():
    may, june, july = applications(WORK, ENDS[:3])
    for application, expected in (
        (may, (0, 0, 0, 0)),
        (june, (0, 0, 10_000, 4000)),
        (july, (10_000, 4000, 0, 0)),
    ):
        changes = application.changes
        found = (
            changes.additions_before,
            changes.deductions_before,
            changes.additions,
            changes.deductions,
        )
        assert found == tuple(map(usd, expected))
    on_the_day = [progress_application(WORK, number="1", as_of=date(2026, 6, n)) for n in (9, 10)]
    assert [each.change_orders for each in on_the_day] == [usd(0), usd(10_000)]


def test_an_order_of_the_day_of_the_application_before_came_before():
    first = progress_application(WORK, number="1", as_of=date(2026, 6, 10))
    second = progress_application(WORK, number="2", as_of=JUNE_30, previous=first)
    assert (second.changes.additions_before, second.changes.deductions) == (usd(10_000), usd(4000))


def test_every_application_ties():
    made = applications(completed(WORK))
    for before, after in zip([None, *made], made, strict=False):
        assert check_application(after, previous=before) == ()


def test_text_and_progress():
    application = progress_application(WORK, number="1", as_of=MAY_31)
    assert str(application) == "application 1 to 2026-05-31: USD 52200.00 due"
    assert application.percent == Percent(29)
    assert application.totals.percent == Percent(29)


def test_without_retainage_nothing_is_retained():
    application = progress_application(at_work(building(None)), number="1", as_of=MAY_31)
    assert application.retainage == usd(0)
    assert application.payment_due == usd(58_000)
    assert all(line.retainage == usd(0) for line in application.lines)


def test_for_each_milestone_it_is_counted_line_by_line():
    each = with_retainage(WORK, scope=RetainageScope.MILESTONE)
    application = progress_application(each, number="2", as_of=JUNE_30)
    # site: 1,000 + 500; base: 3,000 + 1,500; drain: 500; frame: 2,000 + 18,000 at 10 %
    kept = {line.key: line.retainage.minor // 100 for line in application.lines}
    assert kept == {"site": 1500, "base": 4500, "drain": 500, "frame": 3800, "finish": 0}
    assert (application.retainage_completed, application.retainage_stored) == (
        usd(8500),
        usd(1800),
    )


def test_for_each_milestone_its_own_completion_releases_it():
    rule = {"scope": RetainageScope.MILESTONE, "release": ReleaseOn.COMPLETION}
    each = with_retainage(WORK, **rule).record("base", Approved("owner", on=date(2026, 7, 2)))
    for end, expected in ((date(2026, 7, 1), 4500), (date(2026, 7, 2), 0)):
        application = progress_application(each, number="1", as_of=end)
        assert application.lines[1].retainage == usd(expected)
        assert application.lines[0].retainage == usd(1500)


def test_completion_releases_all_of_it_on_its_day_and_not_before():
    for end, expected in ((date(2026, 11, 28), 15_450), (RELEASED, 0)):
        application = progress_application(completed(WORK), number="1", as_of=end)
        assert application.retainage == usd(expected)


def test_a_fact_releases_nothing_by_itself_and_what_it_released_is_said():
    fact = with_retainage(completed(WORK), release=ReleaseOn.FACT)
    kept = progress_application(fact, number="1", as_of=date(2027, 1, 1))
    assert kept.retainage == usd(15_450)
    some = progress_application(fact, number="1", as_of=RELEASED, released=usd(15_000))
    assert (some.retainage, some.payment_due) == (usd(450), usd(205_550))
    assert sum(line.retainage.minor for line in some.lines) == 45_000


def test_what_is_released_is_of_completed_work_first():
    part = progress_application(WORK, number="1", as_of=JUNE_30, released=usd(10_900))
    assert (part.retainage_completed, part.retainage_stored) == (usd(0), usd(400))
    everything = progress_application(WORK, number="1", as_of=JUNE_30, released=usd(11_300))
    assert everything.retainage == usd(0)
    with pytest.raises(
        RetainageError,
        match=r"more is released than is retained: expected at most USD 11300\.00, got",
    ):
        progress_application(WORK, number="1", as_of=JUNE_30, released=usd("11300.01"))


def test_events_of_the_retainage_hold_from_when_they_are_given():
    rule = Retainage([RetainageStep(10), RetainageStep(2, after="handover")])
    schedule = at_work(building(rule))
    for happened, expected in (((), 5800), (["handover"], 1160)):
        application = progress_application(schedule, number="1", as_of=MAY_31, happened=happened)
        assert application.retainage == usd(expected)


def test_certificates_may_be_less_than_what_was_applied_for():
    first = progress_application(WORK, number="1", as_of=MAY_31)
    second = progress_application(
        WORK, number="2", as_of=JUNE_30, previous=first, certified=usd(50_000)
    )
    assert (second.previous_certificates, second.payment_due) == (usd(50_000), usd(61_700))
    assert second.lines[0].previous == usd(20_000)
    middle = progress_application(WORK, number="7", as_of=JUNE_30, certified=usd(40_000))
    assert (middle.payment_due, middle.lines[0].previous) == (usd(71_700), usd(0))


def test_a_cancelled_milestone_keeps_what_was_done_of_it():
    day = date(2026, 8, 3)
    schedule = WORK.record("frame", Cancelled("no money", on=day))
    assert progress_application(schedule, number="1", as_of=day).lines[3].completed == usd(64_000)
    approved = completed(WORK).record("frame", Cancelled("over", on=date(2026, 10, 1)))
    last = progress_application(approved, number="1", as_of=date(2026, 10, 1))
    assert last.lines[3].completed == usd(80_000)


def test_a_milestone_that_is_dropped_takes_back_what_was_applied_for():
    first = progress_application(WORK, number="1", as_of=JULY_31)
    drop = ChangeOrder(
        "CO-3", [DropMilestone("finish"), DropMilestone("site")], on=date(2026, 8, 3), reason="new"
    )
    dropped = WORK.apply(drop, billed={})
    second = progress_application(dropped, number="2", as_of=date(2026, 8, 31), previous=first)
    lines = columns(second)
    assert list(lines) == ["base", "drain", "frame", "site", "finish"]
    assert lines["finish"] == (0, 3600, -3600, 0, 0, 0, 0)
    assert (second.lines[4].percent, second.lines[4].description) == (None, "Finishes")
    assert check_application(second, previous=first) == ()
    third = progress_application(dropped, number="3", as_of=date(2026, 9, 30), previous=second)
    assert list(columns(third)) == ["base", "drain", "frame"]
    assert check_application(third, previous=second) == ()


def test_a_third_of_a_cent_is_rounded_on_the_running_total():
    thirds = Schedule(usd("1.00"), [attrs.evolve(building().milestones[3], key="all")])
    made = None
    periods = []
    for n in (1, 2, 3):
        thirds = thirds.record(
            "all", ProgressReported(Percent(f"{100 * n}/3"), on=date(2026, 5, n))
        )
        made = progress_application(thirds, number=str(n), as_of=date(2026, 5, n), previous=made)
        periods.append(str(made.lines[0].this_period.amount))
    assert periods == ["0.33", "0.34", "0.33"]


def test_more_than_it_is_worth_is_refused_with_what_is_left_for_materials():
    stored = WORK.record("frame", MaterialsStored(usd(16_001), on=JULY_31))
    message = (
        "more is completed and stored of milestone 'frame' than it is worth: expected at most "
        "USD 16000.00 of stored materials, got USD 16001.00; record MaterialsStored"
    )
    with pytest.raises(OverbillingError, match=message) as caught:
        progress_application(stored, number="1", as_of=JULY_31)
    assert caught.value.left == usd(16_000)
    exactly = WORK.record("frame", MaterialsStored(usd(16_000), on=JULY_31))
    line = progress_application(exactly, number="1", as_of=JULY_31).lines[3]
    assert (line.balance, line.percent) == (usd(0), Percent(100))


def test_a_lower_price_lowers_what_is_done():
    first = progress_application(WORK, number="1", as_of=JULY_31)
    order = ChangeOrder(
        "CO-3", [Reprice("frame", usd(70_000))], on=date(2026, 8, 3), reason="lighter"
    )
    second = progress_application(
        WORK.apply(order, billed={}), number="2", as_of=date(2026, 8, 3), previous=first
    )
    assert second.lines[3].this_period == usd(-8000)


FIRST = progress_application(WORK, number="1", as_of=JUNE_30)
REFUSED = {
    "two of one number": (
        {"number": "1", "previous": FIRST},
        DuplicateNumberError,
        "two applications have one number: expected a new number, got '1'",
    ),
    "before the one before": (
        {"previous": FIRST, "as_of": date(2026, 6, 29)},
        NumberRangeError,
        "the application before ends later: expected 2026-06-29 or earlier, got 2026-06-30",
    ),
    "a certificate below zero": (
        {"certified": usd(-1)},
        NumberRangeError,
        "certified is below zero: expected zero or more, got USD -1.00",
    ),
    "a release below zero": ({"released": usd(-1)}, NumberRangeError, "released is below zero"),
    "a certificate in euros": (
        {"certified": Money.of(1, "EUR")},
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "a number of white space": (
        {"number": " "},
        BlankTextError,
        "the number .* is blank",
    ),
    "a certificate without a currency": (
        {"certified": 1},
        WrongTypeError,
        "certified is of",
    ),
    "a number instead of an application": (
        {"previous": "1"},
        WrongTypeError,
        "the application before is of the wrong type",
    ),
    "a time": ({"as_of": datetime(2026, 6, 30)}, DateTypeError, "as_of is not a plain date"),
    "a time after an application": (
        {"previous": FIRST, "as_of": datetime(2026, 7, 31)},
        DateTypeError,
        "as_of is not a plain date",
    ),
    "one event as a text": ({"happened": "end"}, WrongTypeError, "happened is not a collection"),
    "an event without steps": (
        {"happened": ["end"]},
        RetainageError,
        "no step of the retainage waits for this event: expected no event, got 'end'",
    ),
}


@pytest.mark.parametrize(("options", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(options, error, message):
    with pytest.raises(error, match=message):
        progress_application(WORK, **({"number": "2", "as_of": JUNE_30} | options))


def test_two_of_one_day_may_follow_each_other():
    again = progress_application(WORK, number="2", as_of=JUNE_30, previous=FIRST)
    assert again.payment_due == usd(0)


def test_an_event_without_a_retainage_is_refused_too():
    with pytest.raises(RetainageError, match="expected no event, got 'end'"):
        progress_application(building(None), number="1", as_of=MAY_31, happened=["end"])


def test_a_contract_is_a_schedule():
    with pytest.raises(WrongTypeError, match="the schedule is of the wrong type"):
        progress_application("contract", number="1", as_of=MAY_31)


def test_retainage_of_amounts_with_tax_has_no_place_in_amounts_without():
    gross = with_retainage(WORK, base=RetainageBase.GROSS)
    with pytest.raises(RetainageError, match=r"with base=RetainageBase\.NET, got gross"):
        progress_application(gross, number="1", as_of=MAY_31)


def test_lines_of_another_contract_are_refused():
    other = attrs.evolve(FIRST, lines=[attrs.evolve(FIRST.lines[0], key="roof")])
    with pytest.raises(UnknownMilestoneError, match="no milestone has this key"):
        progress_application(WORK, number="2", as_of=JUNE_30, previous=other)


def test_what_comes_later_is_not_seen():
    early = building().record("site", Delivered(on=date(2026, 6, 1)))
    assert progress_application(early, number="1", as_of=MAY_31).completed_and_stored == usd(0)
