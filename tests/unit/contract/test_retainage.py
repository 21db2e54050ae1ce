"""What is retained to date: steps, edges, caps, stored materials, events and release."""

from datetime import date, datetime

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    DueRule,
    Milestone,
    Money,
    Percent,
    ReleaseOn,
    Retainage,
    RetainageScope,
    RetainageStep,
    Schedule,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    NumberTypeError,
    RetainageError,
    WrongTypeError,
)

HALF = Percent(50)
TEN_THEN_FIVE = [RetainageStep(10), RetainageStep(5, after=HALF)]
KEEPING = Retainage(TEN_THEN_FIVE)
GIVING = Retainage(TEN_THEN_FIVE, gives_back=True)
UNTIL_THE_END = Retainage(
    [
        RetainageStep(15),
        RetainageStep(10, after=HALF),
        RetainageStep(2, after="delivery"),
        RetainageStep(0, after="end of the warranty"),
    ]
)


def euro(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


def retained(
    rule: Retainage, completed: str | int, stored: str | int = 0, of: str | int = 1000, **more
) -> tuple[str, str]:
    amounts = rule.on(euro(completed), euro(stored), of=euro(of), **more)
    assert amounts.total == amounts.completed + amounts.stored
    return str(amounts.completed.amount), str(amounts.stored.amount)


STEPS = {
    "10% of 0 = 0": (Retainage.flat(10), 0, 0, "0.00", "0.00"),
    "10% of 400 and of 60 = 40 and 6": (Retainage.flat(10), 400, 60, "40.00", "6.00"),
    "10% of 0.05 = 0.005, half up 0.01": (Retainage.flat(10), "0.05", 0, "0.01", "0.00"),
    "10% of 0.04 = 0.004, down to 0.00": (Retainage.flat(10), "0.04", 0, "0.00", "0.00"),
    "100% of 400 = 400": (Retainage.flat(100), 400, 0, "400.00", "0.00"),
    "10% of 500, exactly half way = 50": (KEEPING, 500, 0, "50.00", "0.00"),
    "10% of 500 + 5% of 0.20 = 50.01": (KEEPING, "500.20", 0, "50.01", "0.00"),
    "10% of 500 + 5% of 500 = 75": (KEEPING, 1000, 0, "75.00", "0.00"),
    "past the end, 5% goes on: 75 + 5": (KEEPING, 1100, 0, "80.00", "0.00"),
    "10% of 400; stored 10% of 100 + 5% of 100": (KEEPING, 400, 200, "40.00", "15.00"),
    "10% of 500 + 5% of 100; stored 5% of 200": (KEEPING, 600, 200, "55.00", "10.00"),
    "giving back: 10% of 500, exactly half way": (GIVING, 500, 0, "50.00", "0.00"),
    "giving back: 5% of all 500.01": (GIVING, "500.01", 0, "25.00", "0.00"),
    "giving back: stored materials count as progress": (GIVING, 400, 200, "20.00", "10.00"),
    "giving back: 10% of all at 300 + 200": (GIVING, 300, 200, "30.00", "20.00"),
    "5% of stored materials of their own": (
        Retainage(TEN_THEN_FIVE, stored=5),
        400,
        200,
        "40.00",
        "10.00",
    ),
    "0% of stored materials": (Retainage(TEN_THEN_FIVE, stored=0), 600, 200, "55.00", "0.00"),
    "nothing up to half way, then 5%": (
        Retainage([RetainageStep(0), RetainageStep(5, after=HALF)]),
        700,
        0,
        "10.00",
        "0.00",
    ),
    "15% of 500 + 10% of 300 = 105": (UNTIL_THE_END, 800, 0, "105.00", "0.00"),
}


@pytest.mark.parametrize(
    ("rule", "completed", "stored", "first", "second"), STEPS.values(), ids=STEPS
)
def test_what_is_retained_of_a_contract_of_1000(rule, completed, stored, first, second):
    assert retained(rule, completed, stored) == (first, second)


CAPS = {
    "10% of 400 below a cap of 5% of 1000": (Percent(5), 400, 0, "40.00", "0.00"),
    "10% of 500 meets the cap of 50": (Percent(5), 500, 0, "50.00", "0.00"),
    "10% of 600 capped at 50": (Percent(5), 600, 0, "50.00", "0.00"),
    "stored materials give way first": (Percent(5), 400, 200, "40.00", "10.00"),
    "nothing is left for stored materials": (Percent(5), 600, 200, "50.00", "0.00"),
    "a cap in money": (euro("40.01"), 500, 0, "40.01", "0.00"),
    "a cap of nothing": (euro(0), 500, 100, "0.00", "0.00"),
}


@pytest.mark.parametrize(("cap", "completed", "stored", "first", "second"), CAPS.values(), ids=CAPS)
def test_caps_on_ten_percent_of_a_contract_of_1000(cap, completed, stored, first, second):
    rule = Retainage([RetainageStep(10)], cap=cap)
    assert retained(rule, completed, stored) == (first, second)


def test_a_cap_in_percent_is_rounded_half_up():
    rule = Retainage([RetainageStep(10)], cap=Percent(5))
    assert retained(rule, "0.10", of="0.10") == ("0.01", "0.00")


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ((), "125.00"),
        (("delivery",), "20.00"),
        (["delivery", "end of the warranty"], "0.00"),
        (("end of the warranty", "delivery"), "0.00"),
        (("end of the warranty",), "0.00"),
    ],
)
def test_fifteen_percent_to_half_way_ten_to_the_delivery_two_to_the_end_of_the_warranty(
    happened, expected
):
    assert retained(UNTIL_THE_END, 1000, happened=happened) == (expected, "0.00")


def test_an_event_holds_for_stored_materials_too_unless_they_have_a_percentage_of_their_own():
    steps = [RetainageStep(10), RetainageStep(2, after="delivery")]
    assert retained(Retainage(steps), 500, 100, happened=["delivery"]) == ("10.00", "2.00")
    own = Retainage(steps, stored=5)
    assert retained(own, 500, 100, happened=["delivery"]) == ("10.00", "5.00")


def test_half_of_what_is_retained_comes_back_past_the_middle():
    # 10 % of the first half, then half of it back and 5 % of what follows: 5 % of all.
    assert retained(GIVING, "500.00") == ("50.00", "0.00")
    assert retained(GIVING, "500.20") == ("25.01", "0.00")


def test_below_zero_is_the_mirror_image_and_the_sign_of_the_whole_is_not_looked_at():
    assert retained(KEEPING, -400, -200) == ("-40.00", "-15.00")
    assert retained(KEEPING, -400, -200, of=-1000) == ("-40.00", "-15.00")
    assert retained(KEEPING, 400, 200, of=-1000) == ("40.00", "15.00")
    capped = Retainage([RetainageStep(10)], cap=euro(45))
    assert retained(capped, -400, -200) == ("-40.00", "-5.00")


def test_nothing_is_retained_of_nothing():
    assert retained(KEEPING, 0, of=0) == ("0.00", "0.00")


def test_texts():
    assert (
        str(UNTIL_THE_END) == "15%, 10% after 50%, 2% after delivery, 0% after end of the warranty"
    )
    assert UNTIL_THE_END.events == ("delivery", "end of the warranty")
    assert KEEPING.events == ()


MAY_4 = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("release", "completed_on", "expected"),
    [
        (ReleaseOn.FACT, MAY_4, None),
        (ReleaseOn.COMPLETION, MAY_4, MAY_4),
        (ReleaseOn.COMPLETION, None, None),
        (DueRule([AddDays(60)]), MAY_4, date(2026, 7, 3)),
        (DueRule([AddMonths(12)]), MAY_4, date(2027, 5, 4)),
        (DueRule([AddDays(60)]), None, None),
    ],
)
def test_what_releases_it(release, completed_on, expected):
    rule = Retainage([RetainageStep(10)], release=release)
    assert rule.released_on(completed_on) == expected


def test_the_end_of_the_work_is_a_plain_date():
    with pytest.raises(DateTypeError, match="completed_on is not a plain date: expected"):
        KEEPING.released_on(datetime(2026, 5, 4, 12))


REFUSED_STEPS = {
    "below 0%": (lambda: RetainageStep(-1), "retained percentage is out of range.*got -1%"),
    "above 100%": (lambda: RetainageStep("100.1"), "expected 0% to 100%, got 100.1%"),
    "after 100%": (
        lambda: RetainageStep(5, after=Percent(100)),
        "a retainage step never begins: expected after=Percent from 0% to below 100%, or an event",
    ),
    "after -1%": (lambda: RetainageStep(5, after=Percent(-1)), "never begins.*got -1%"),
    "no steps": (
        lambda: Retainage([]),
        "do not start at once.*got \\(\\); give RetainageStep\\(0\\)",
    ),
    "a late start": (lambda: Retainage(TEN_THEN_FIVE[1:]), "the steps .* do not start at once"),
    "an event at the start": (
        lambda: Retainage([RetainageStep(5, after="delivery")]),
        "expected a first step that counts from the start",
    ),
    "twice from the start": (
        lambda: Retainage([RetainageStep(10), RetainageStep(5)]),
        "out of order: expected rising progress, then different events, got 10%, 5%",
    ),
    "falling progress": (
        lambda: Retainage([*TEN_THEN_FIVE, RetainageStep(2, after=Percent(40))]),
        "out of order.*got 10%, 5% after 50%, 2% after 40%",
    ),
    "progress after an event": (
        lambda: Retainage(
            [RetainageStep(10), RetainageStep(2, after="end"), RetainageStep(5, after=HALF)]
        ),
        "out of order.*got 10%, 2% after end, 5% after 50%",
    ),
    "one event twice": (
        lambda: Retainage(
            [RetainageStep(10), RetainageStep(5, after="end"), RetainageStep(2, after="end")]
        ),
        "out of order.*got 10%, 5% after end, 2% after end",
    ),
    "a cap below zero": (
        lambda: Retainage([RetainageStep(10)], cap=euro(-1)),
        "the cap of a retainage is below zero: expected zero or more, got EUR -1.00",
    ),
    "a cap of 101%": (
        lambda: Retainage([RetainageStep(10)], cap=Percent(101)),
        "the cap of a retainage is out of range: expected 0% to 100%, got 101%",
    ),
    "a cap in money of each": (
        lambda: Retainage([RetainageStep(10)], cap=euro(1), scope=RetainageScope.MILESTONE),
        "a cap in money cannot hold for each milestone: expected a Percent of each, got EUR 1.00",
    ),
    "stored 101%": (
        lambda: Retainage([RetainageStep(10)], stored=101),
        "the percentage of stored materials is out of range: expected 0% to 100%, got 101%",
    ),
    "signs that differ": (
        lambda: KEEPING.on(euro(1), euro(-1), of=euro(10)),
        "different signs: expected both zero or more, or .* got EUR 1.00 and EUR -1.00",
    ),
    "work of nothing": (
        lambda: KEEPING.on(euro(0), euro(1), of=euro(0)),
        "work that is worth nothing: expected no work and no materials, got EUR 1.00",
    ),
    "an unknown event": (
        lambda: UNTIL_THE_END.on(euro(1), euro(0), of=euro(10), happened=["handover"]),
        "waits for this event: expected delivery or end of the warranty, got 'handover'",
    ),
    "an event without such steps": (
        lambda: KEEPING.on(euro(1), euro(0), of=euro(10), happened=["delivery"]),
        "no step of the retainage waits for this event: expected no event, got 'delivery'",
    ),
}


@pytest.mark.parametrize(("call", "match"), REFUSED_STEPS.values(), ids=REFUSED_STEPS)
def test_what_does_not_fit_together_is_refused(call, match):
    with pytest.raises(RetainageError, match=match):
        call()


def test_an_event_has_a_name():
    with pytest.raises(BlankTextError, match="the event of a retainage step is blank"):
        RetainageStep(5, after=" ")


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: RetainageStep(5, after=50), "after is of the wrong type: expected Percent or str"),
        (lambda: Retainage(RetainageStep(5)), "the steps of a retainage is not a collection"),
        (lambda: Retainage([10]), r"steps of a retainage\[0\] is of the wrong type"),
        (lambda: Retainage(TEN_THEN_FIVE, base="net"), "the base of a retainage is of the wrong"),
        (lambda: Retainage(TEN_THEN_FIVE, cap=5), "expected Percent or Money or None, got 5"),
        (lambda: Retainage(TEN_THEN_FIVE, mode=None), "the mode of a retainage is of the wrong"),
        (lambda: Retainage(TEN_THEN_FIVE, gives_back=1), "gives_back is of the wrong type"),
        (lambda: Retainage(TEN_THEN_FIVE, scope=None), "the scope of a retainage is of the wrong"),
        (lambda: Retainage(TEN_THEN_FIVE, release=60), "expected ReleaseOn or DueRule, got 60"),
        (
            lambda: KEEPING.on(euro(1), euro(0), of=10),
            "what the work is worth is of the wrong type",
        ),
        (lambda: KEEPING.on(1, euro(0), of=euro(10)), "the other amount is of the wrong type"),
        (lambda: KEEPING.on(euro(1), 0, of=euro(10)), "the other amount is of the wrong type"),
        (
            lambda: UNTIL_THE_END.on(euro(1), euro(0), of=euro(10), happened="delivery"),
            "happened is not a collection: expected a list or tuple, got 'delivery'",
        ),
        (
            lambda: Schedule(euro(1), [Milestone("a", "A", Percent(100))], retainage=10),
            "the retainage of the schedule is of the wrong type: expected Retainage or None",
        ),
    ],
)
def test_parts_of_another_type_are_refused(call, match):
    with pytest.raises(WrongTypeError, match=match):
        call()


def test_a_percentage_is_exact():
    with pytest.raises(NumberTypeError, match="a percentage"):
        RetainageStep(0.1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Retainage([RetainageStep(10)], cap=Money.of(5, "USD")).on(
            euro(1), euro(0), of=euro(10)
        ),
        lambda: KEEPING.on(Money.of(1, "USD"), euro(0), of=euro(10)),
        lambda: KEEPING.on(euro(1), Money.of(0, "USD"), of=euro(10)),
        lambda: Schedule(
            euro(10),
            [Milestone("a", "A", Percent(100))],
            retainage=Retainage([RetainageStep(10)], cap=Money.of(5, "USD")),
        ),
    ],
)
def test_all_amounts_are_in_one_currency(call):
    with pytest.raises(CurrencyMismatchError, match="amounts are in different currencies"):
        call()
