"""The laws of reminders: one a day, to nobody who owes nothing, and never less urgent."""

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    AddDays,
    DocumentState,
    DueRule,
    Flag,
    Installment,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Reminded,
    Reminder,
    ReminderPolicy,
    Sent,
    Weight,
    due_items,
    due_reminders,
    invoice_status,
    reminder_letters,
    reminder_plan,
)
from milestone_invoicing.display import format_date, format_money, reminder_subject, reminder_text
from tests.properties.receivable_items import PARTIES, day, days
from tests.properties.reminded_bills import policies, reminded_bills
from tests.properties.settled_bills import EUR

AS_OF = days(-5, 90)
LOCALES = st.sampled_from(["en", "nl_NL", "fr_FR", "de_DE", "ar", "ja"])
LENGTHS = st.integers(0, 30)


def run(
    invoice: Invoice, policy: ReminderPolicy, since: date, until: date
) -> tuple[list[Reminder], Invoice]:
    """Return what is sent day by day, and the invoice with all that recorded."""
    sent, on = [], since
    while on <= until:
        found = due_reminders([invoice], policy, as_of=on)
        sent += found
        invoice = invoice.record(*(each.fact() for each in found))
        on += timedelta(1)
    return sent, invoice


@given(reminded_bills(), policies(), AS_OF)
def test_nobody_is_reminded_of_what_is_not_sent_not_open_or_paused(
    invoice: Invoice, policy: ReminderPolicy, as_of: date
):
    found = due_reminders([invoice], policy, as_of=as_of)
    status = invoice_status(invoice, as_of=as_of)
    if status.document is not DocumentState.SENT or not status.to_chase:
        assert found == ()
    if status.flags & {Flag.PROMISED, Flag.HANDED_OVER}:
        assert found == ()


@given(reminded_bills(), policies(), AS_OF)
def test_what_is_asked_for_is_open_and_to_chase(
    invoice: Invoice, policy: ReminderPolicy, as_of: date
):
    status = invoice_status(invoice, as_of=as_of)
    for each in due_reminders([invoice], policy, as_of=as_of):
        assert 0 < each.amount.minor <= status.to_chase.minor
        assert each.open == status.open
        assert each.step.applies_to(each.amount)
        assert max(each.days_past_due, 0) == status.days_overdue
        last = max(each.due_on, as_of)
        due = [
            (item.due_on, item.open.minor)
            for item in due_items(invoice, as_of=as_of)
            if item.due_on is not None and item.due_on <= last
        ]
        assert each.amount.minor == min(sum(minor for _, minor in due), status.to_chase.minor)
        for place, part in enumerate(each.parts, 1):
            by_then = sum(minor for due_on, minor in due if due_on <= part.due_on)
            so_far = sum(one.amount.minor for one in each.parts[:place])
            assert 0 < so_far == min(by_then, status.to_chase.minor)
        assert each.about in [part.due_on for part in each.parts]
        assert list(each.parts) == sorted(each.parts, key=lambda part: part.due_on)


@given(reminded_bills(), policies(), AS_OF)
def test_once_it_is_recorded_nothing_is_sent_on_that_day_any_more(
    invoice: Invoice, policy: ReminderPolicy, as_of: date
):
    found = due_reminders([invoice], policy, as_of=as_of)
    assert len(found) <= 1
    sent = invoice.record(*(each.fact() for each in found))
    for ahead in range(policy.days_apart if found else 0):
        assert due_reminders([sent], policy, as_of=as_of + timedelta(ahead)) == ()


@given(reminded_bills(), policies(), AS_OF, LENGTHS)
def test_a_plan_is_what_is_sent_day_by_day(
    invoice: Invoice, policy: ReminderPolicy, since: date, length: int
):
    until = since + timedelta(length)
    sent, _ = run(invoice, policy, since, until)
    assert reminder_plan([invoice], policy, since=since, until=until) == tuple(sent)


@given(reminded_bills(), policies(), AS_OF)
def test_levels_never_go_down_for_one_due_date(
    invoice: Invoice, policy: ReminderPolicy, since: date
):
    spoken = tuple(fact for fact in invoice.facts if not isinstance(fact, Reminded))
    bare = attrs.evolve(invoice, facts=_without_what_hangs_on(spoken))
    plan = reminder_plan([bare], policy, since=since, until=since + timedelta(40))
    reached: dict[date, int] = {}
    for each in plan:
        assert each.level >= reached.get(each.about, 0)
        assert each.level > reached.get(each.about, 0) or each.step.repeat_every
        reached[each.about] = each.level


@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
    st.lists(st.integers(0, 20), min_size=1, max_size=4, unique=True),
)
def test_each_unpaid_instalment_brings_each_step_on_its_day_or_a_higher_one(
    due: list[int], steps: list[int]
):
    parts = [Installment(Weight(1), DueRule((AddDays(days),))) for days in due]
    line = Line("Work", 1, Money(1000, EUR))
    invoice = Invoice("1", day(0), PARTIES[0], [line], terms=PaymentTerms(parts))
    policy = ReminderPolicy.to_client(*sorted(steps))
    plan = reminder_plan(
        [invoice.record(Sent(on=day(0)))], policy, since=day(1), until=day(max(due) + 40)
    )
    reached = {
        day(days + after): level
        for level, after in enumerate(sorted(steps), 1)
        for days in due
        if days + after > 0  # on its own day the invoice speaks for itself
    }
    found = {each.on: each.level for each in plan}
    assert {on: level for on, level in found.items() if on > day(1)} == {
        on: level for on, level in reached.items() if on > day(1)
    }
    for each in plan:
        fallen = [part for part in invoice.installments if part.due_on <= each.on]
        assert each.amount == Money.total((part.amount for part in fallen), currency=EUR)


def _without_what_hangs_on(facts: tuple) -> tuple:
    """Return facts without the reversals of reminders, which are not there any more."""
    return tuple(fact for fact in facts if not isinstance(getattr(fact, "fact", None), Reminded))


@given(reminded_bills(), st.integers(1, 40), LENGTHS)
def test_after_days_without_a_run_one_reminder_makes_up_for_them(
    invoice: Invoice, start: int, down: int
):
    policy = ReminderPolicy.standard()
    as_of = day(start + down)
    missed = reminder_plan([invoice], policy, since=day(start), until=as_of)
    found = due_reminders([invoice], policy, as_of=as_of)
    same = [each for each in missed if found and each.about == found[0].about]
    assert len(found) <= 1
    if found and same:
        assert found[0].level >= same[-1].level


@given(reminded_bills(), policies(), AS_OF)
def test_what_is_dated_later_is_not_seen(invoice: Invoice, policy: ReminderPolicy, as_of: date):
    until = tuple(fact for fact in invoice.facts if fact.on <= as_of)
    then = attrs.evolve(invoice, facts=until)
    assert due_reminders([then], policy, as_of=as_of) == due_reminders(
        [invoice], policy, as_of=as_of
    )


@given(st.lists(reminded_bills(), max_size=3), policies(), AS_OF, st.randoms(use_true_random=False))
def test_the_order_of_invoices_does_not_matter(
    found: list[Invoice], policy: ReminderPolicy, as_of: date, random
):
    bills = [attrs.evolve(each, number=str(n)) for n, each in enumerate(found)]
    mixed = random.sample(bills, len(bills))
    sent = due_reminders(bills, policy, as_of=as_of)
    assert due_reminders(mixed, policy, as_of=as_of) == sent
    until = as_of + timedelta(10)
    assert reminder_plan(mixed, policy, since=as_of, until=until) == reminder_plan(
        bills, policy, since=as_of, until=until
    )
    letters = reminder_letters(sent)
    assert sorted(each.number for letter in letters for each in letter) == sorted(
        each.number for each in sent
    )
    heads = [(each.on, each.audience, each.buyer.key, each.owner) for each, *_ in letters]
    assert len(set(heads)) == len(heads) or len(letters) == len(sent)


@given(reminded_bills(), policies(), AS_OF, LENGTHS, LENGTHS)
def test_two_plans_that_meet_give_what_one_over_both_gives(
    invoice: Invoice, policy: ReminderPolicy, since: date, first: int, second: int
):
    middle = since + timedelta(first)
    until = middle + timedelta(second)
    whole = reminder_plan([invoice], policy, since=since, until=until)
    one = reminder_plan([invoice], policy, since=since, until=middle)
    sent = invoice.record(*(each.fact() for each in one))
    other = reminder_plan([sent], policy, since=middle, until=until)
    assert (*one, *other) == whole


@given(st.lists(reminded_bills(), min_size=1, max_size=3), policies(), AS_OF, LOCALES)
def test_every_letter_names_each_invoice_with_its_amount_in_every_locale(
    found: list[Invoice], policy: ReminderPolicy, as_of: date, locale: str
):
    bills = [attrs.evolve(each, number=f"N{n}") for n, each in enumerate(found)]
    for letter in reminder_letters(due_reminders(bills, policy, as_of=as_of)):
        text = reminder_text(letter, locale=locale)
        lines = [line for line in text.splitlines() if "N" in line]
        for each in letter:
            assert each.number in reminder_subject(letter, locale=locale)
            assert any(
                each.number in line and format_money(each.amount, locale=locale) in line
                for line in lines
            )
            for part in each.parts:
                due = format_date(part.due_on, locale=locale)
                amount = format_money(part.amount, locale=locale)
                assert any(due in line and amount in line for line in text.splitlines())
