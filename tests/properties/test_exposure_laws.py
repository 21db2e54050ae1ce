"""Laws of exposure over time: the curve is the position of every day, and the peak its maximum."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    Approved,
    Cancelled,
    ChangeOrder,
    Delivered,
    EarnedBy,
    Fact,
    Invoice,
    InvoiceFact,
    Line,
    Milestone,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    ProgressReported,
    Rejected,
    Reprice,
    Reversed,
    Schedule,
    Voided,
    contract_position,
    exposure_curve,
    peak_exposure,
)
from milestone_invoicing.errors import MilestoneInvoicingError
from tests.properties.receivable_items import day

KEYS = ("a", "b", "c")
LAST = 40
EUR = Money.of(0, "EUR").currency
BUYER = Party("acme", "Acme")
DISCOUNT = PaymentTerms.parse("2/10 net 30")

each_day = st.integers(0, LAST).map(day)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Return contracts of three milestones after some work, and maybe a change order."""
    silence = st.none() | st.integers(1, 12).map(AcceptedAfter)
    points = draw(st.lists(st.integers(1, 40), min_size=2, max_size=2))
    shares = [*map(Percent, points), REST]
    triggers = st.sampled_from([ON_DELIVERY, ON_SIGNING])
    milestones = [
        Milestone(key, key, share, trigger=draw(triggers), accepted_after=draw(silence))
        for key, share in zip(KEYS, shares, strict=True)
    ]
    schedule = Schedule(Money(100001, EUR), milestones, signed_on=draw(each_day))
    for _ in range(draw(st.integers(0, 9))):
        key = draw(st.sampled_from(KEYS))
        schedule = _or_as_it_was(schedule, key, draw(_work(schedule.facts_of(key))))
    if draw(st.booleans()):
        change = Reprice(draw(st.sampled_from(KEYS)), Money(draw(st.integers(30000, 90000)), EUR))
        order = ChangeOrder("1", [change], on=draw(each_day), reason="x")
        schedule = schedule.apply(order, billed={})
    return schedule


@st.composite
def _work(draw: st.DrawFn, facts: tuple[Fact, ...]) -> Fact:
    on = draw(each_day)
    known = [fact for fact in facts if not isinstance(fact, Reversed)]
    some: list[Fact] = [
        Delivered(on=on),
        Delivered(on=on),
        Approved("eve", on=on),
        Rejected("eve", "x", on=on),
        ProgressReported(Percent(draw(st.integers(0, 100))), on=on),
        Cancelled("x", on=on),
        *(Reversed(fact, "x", on=on) for fact in known),
    ]
    return draw(st.sampled_from(some))


def _or_as_it_was(schedule: Schedule, key: str, fact: Fact) -> Schedule:
    try:
        return schedule.record(key, fact)
    except MilestoneInvoicingError:
        return schedule


@st.composite
def bills(draw: st.DrawFn) -> tuple[Invoice, ...]:
    """Return bills of small parts, so that the milestones have room for all, with payments."""
    found: list[Invoice] = []
    for number in range(draw(st.integers(0, 4))):
        net = Money(draw(st.integers(1, 200)), EUR)
        lines = [Line("Work", 1, net, milestone=draw(st.sampled_from(KEYS)))]
        terms = draw(st.sampled_from([PaymentTerms.net(5), DISCOUNT]))
        invoice = Invoice(str(number), draw(each_day), BUYER, lines, terms=terms)
        for _ in range(draw(st.integers(0, 3))):
            on, paid = draw(each_day), Money(draw(st.integers(1, 200)), EUR)
            fact = draw(
                st.sampled_from([Payment(paid, on=on), Payment(net, on=on), Voided("x", on=on)])
            )
            invoice = _with(invoice, fact)
            if fact in invoice.facts and draw(st.integers(0, 3)) == 0:
                invoice = _with(invoice, Reversed(fact, "x", on=draw(each_day)))
        found.append(invoice)
    return tuple(found)


def _with(invoice: Invoice, fact: InvoiceFact) -> Invoice:
    try:
        return invoice.record(fact)
    except MilestoneInvoicingError:
        return invoice


each_stretch = st.tuples(st.integers(-2, LAST), st.integers(0, 60)).map(
    lambda pair: (day(pair[0]), day(sum(pair)))
)
each_measure = st.sampled_from(EarnedBy)
Stretch = tuple[date, date]


@given(schedules(), bills(), each_stretch, each_measure)
def test_the_curve_says_what_the_position_says_on_every_day(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, measure: EarnedBy
):
    since, until = stretch
    curve = exposure_curve(schedule, invoices, since=since, until=until, earned_by=measure)
    found = {point.day: point for point in curve}
    point = curve[0]
    for number in range((until - since).days + 1):
        on = date.fromordinal(since.toordinal() + number)
        point = found.pop(on, point)
        net = contract_position(schedule, invoices, as_of=on, earned_by=measure).net
        assert (point.earned, point.paid, point.exposure) == (net.earned, net.paid, net.exposure)
    assert not found


@given(schedules(), bills(), each_stretch, each_measure)
def test_each_point_differs_from_the_one_before_it(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, measure: EarnedBy
):
    since, until = stretch
    curve = exposure_curve(schedule, invoices, since=since, until=until, earned_by=measure)
    figures = [(point.earned, point.paid) for point in curve]
    assert curve[0].day == since
    assert all(first != second for first, second in pairwise(figures))
    assert [point.day for point in curve] == sorted({point.day for point in curve})


@given(schedules(), bills(), each_stretch, each_measure)
def test_the_peak_is_the_first_highest_point_of_the_curve(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, measure: EarnedBy
):
    since, until = stretch
    curve = exposure_curve(schedule, invoices, since=since, until=until, earned_by=measure)
    peak = peak_exposure(schedule, invoices, since=since, until=until, earned_by=measure)
    assert peak in curve
    assert all(point.exposure < peak.exposure for point in curve if point.day < peak.day)
    assert all(point.exposure <= peak.exposure for point in curve)


@given(schedules(), bills(), each_stretch, st.integers(0, 60))
def test_a_stretch_cut_in_two_has_the_same_peak(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, cut: int
):
    since, until = stretch
    middle = min(date.fromordinal(since.toordinal() + cut), until)
    first = peak_exposure(schedule, invoices, since=since, until=middle)
    second = peak_exposure(schedule, invoices, since=middle, until=until)
    whole = peak_exposure(schedule, invoices, since=since, until=until)
    assert whole == max(first, second, key=lambda point: point.exposure)
