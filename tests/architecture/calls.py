"""A call of each public function, method and constructor that goes through, to be spoiled.

A call has what cannot be left out; a test puts something bad in the place of one argument, given or
left out, and looks at what comes back.
"""

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import attrs
from dateutil.relativedelta import relativedelta

import milestone_invoicing as mi
from milestone_invoicing.errors import MilestoneInvoicingError
from tests.architecture import samples
from tests.architecture.house import public_classes, public_names, public_values

MAY_4, JUNE_1, JULY_2 = samples.MAY_4, samples.JUNE_1, samples.JULY_2
EUR = mi.Money.of(100, "EUR")
VARIADIC = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
NOT_CALLED = {
    # Arithmetic on plain integers that the library itself does; nobody else has a use for it.
    "AgingReport.with_sums",
    "StatedTotals.minor",
    "Tax.on",
}
NOTHING = mi.Money.zero("EUR")


class Call(NamedTuple):
    """A call that goes through, and the names of all that it takes."""

    name: str
    run: Callable[..., object]
    given: dict[str, object]
    takes: tuple[str, ...]


def calls() -> Iterator[Call]:
    """Yield a call of all that is public, but the strategies for Hypothesis."""
    for name, value in public_names().items():
        if inspect.isfunction(value) and not name.startswith("milestone_invoicing.testing."):
            yield _call(value.__name__, value)
    made = _made()
    for cls in public_values():
        fields = {field.name: getattr(made[cls], field.name, None) for field in attrs.fields(cls)}
        given = SPECIAL.get(cls.__name__, fields)
        yield Call(cls.__name__, cls, given, tuple(given))
    for cls in public_classes():
        if not issubclass(cls, BaseException):
            yield from _methods(cls, made.get(cls))


def _made() -> dict[type, object]:
    """Return a value of each public class; the last sample of a class counts."""
    return {type(value): value for value in samples.samples()}


def _methods(cls: type, value: object) -> Iterator[Call]:
    """Yield a call of each public method and factory of a class."""
    if value is None and list(getattr(cls, "__members__", ())):
        value = next(iter(cls))  # type: ignore[call-overload]  # an enumeration
    for name, member in vars(cls).items():
        of = cls if isinstance(member, classmethod | staticmethod) else value
        function = getattr(of, name, None)
        path = f"{cls.__name__}.{name}"
        if inspect.ismethod(function) and not name.startswith("_") and path not in NOT_CALLED:
            call = _call(path, function)
            if call.takes:
                yield call


def _call(name: str, run: Callable[..., object]) -> Call:
    """Return a call with arguments by their names, and some by the name of what is called."""
    parameters = inspect.signature(run).parameters.values()
    needed = [
        each.name for each in parameters if each.default is each.empty and each.kind not in VARIADIC
    ]
    special = SPECIAL.get(name, {})
    given = {each: USUAL.get(each, each) for each in needed if each not in special} | special
    takes = [each.name for each in parameters if each.kind not in VARIADIC]
    return Call(name, run, given, tuple(takes))


def outcome(call: Call, **spoiled: object) -> MilestoneInvoicingError | None:
    """Return which of our errors a call meets, its answer read to the end; other errors go on."""
    try:
        answer = call.run(**call.given | spoiled)
        if isinstance(answer, Iterator):
            list(answer)
    except MilestoneInvoicingError as error:
        return error
    return None


def _usual() -> dict[str, object]:
    """Return what arguments of these names are, where nothing else is said."""
    schedule, invoice = samples.contract(), samples.bill()
    report = mi.age([invoice], as_of=JULY_2)
    return {
        "schedule": schedule,
        "schedules": schedule,
        "before": schedule,
        "after": schedule,
        "invoice": invoice,
        "invoices": [invoice],
        "draft": attrs.evolve(invoice, number=None, issued_on=None, facts=()),
        "as_of": JULY_2,
        "on": JULY_2,
        "since": MAY_4,
        "until": JULY_2,
        "day": JULY_2,
        "start": MAY_4,
        "first": MAY_4,
        "last": JULY_2,
        "issued_on": JUNE_1,
        "due_on": JULY_2,
        "first_due_on": JULY_2,
        "completed_on": MAY_4,
        "buyer": invoice.buyer,
        "party": "acme",
        "key": "permits",
        "number": "7",
        "milestone": "permits",
        "title": "Work",
        "description": "Work",
        "text": "net 30",
        "code": "EUR",
        "currency": "EUR",
        "amount": EUR,
        "payable": EUR,
        "total": EUR,
        "result": EUR,
        "debt": EUR,
        "base": EUR,
        "receivables": EUR,
        "billed": EUR,
        "other": EUR,
        "opening": EUR,
        "closing": EUR,
        "current": NOTHING,
        "step": mi.Money.of(1, "EUR"),
        "percent": mi.Percent(10),
        "percents": ["2.15"],
        "points": 21,
        "rates": mi.Percent(10),
        "rounding": mi.Rounding.HALF_UP,
        "numerator": 1,
        "denominator": 2,
        "factor": 2,
        "quantity": 2,
        "parts": 2,
        "weights": [1, 2],
        "limits": [EUR],
        "amounts": [mi.TaxedAmount(EUR, NOTHING)],
        "days": 30,
        "days_overdue": 5,
        "months": 1,
        "steps": [mi.AddDays(30)],
        "items": [invoice],
        "lines": [mi.Line("Audit", 1, EUR)],
        "stated": mi.StatedTotals.of(invoice),
        "application": samples.application(),
        "policy": mi.LatePolicy(8),
        "reminders": mi.due_reminders(
            [invoice], mi.ReminderPolicy.standard(), as_of=date(2026, 8, 1)
        ),
        "letter": mi.due_reminders([invoice], mi.ReminderPolicy.standard(), as_of=date(2026, 8, 1)),
        "effect": mi.CreditEffect.CANCEL,
        "entries": [mi.TimeEntry(MAY_4, 2, mi.Price(80, "EUR"), "Support")],
        "expenses": [mi.Expense(MAY_4, EUR, "Train")],
        "period": mi.Period.through(MAY_4, JULY_2),
        "periods": [mi.Period.through(MAY_4, JULY_2)],
        "of": mi.Recurrence.monthly(MAY_4, times=1),
        "value": schedule,
        "locale": "en",
        "terms": mi.PaymentTerms.net(30),
        "report": report,
        "rows": mi.roll_forward([invoice], before=JUNE_1, after=JULY_2),
        "position": mi.contract_position(schedule, [invoice], as_of=JULY_2),
        "status": mi.invoice_status(invoice, as_of=JULY_2),
        "summary": mi.receivables_summary([invoice], as_of=JULY_2),
        "statement": mi.statement("acme", [invoice], since=MAY_4, until=JULY_2),
        "metrics": mi.collection_metrics([invoice], period=mi.Period.through(MAY_4, JULY_2)),
        "forecast": mi.cash_forecast(schedule, [invoice], as_of=JULY_2, until=date(2026, 8, 1)),
        "member": mi.StatusLabel.PAID,
        "trigger": mi.ON_SIGNING,
        "price": mi.Price(80, "EUR"),
        "money": samples.on_account(),
        "reducible": mi.TaxedAmount(EUR, NOTHING),
        "order": mi.ChangeOrder("9", [mi.Redate("frame", JULY_2)], on=JULY_2, reason="late"),
        "completed": EUR,
        "stored": NOTHING,
        "reason": "export",
        "container": {MAY_4},
        "delta": relativedelta(months=1),
        "first_year": 2026,
        "last_year": 2027,
        "name": "tax",
    }


def _special() -> dict[str, dict[str, object]]:
    """Return what else single calls need, by their names."""
    invoice, party = samples.bill(), mi.Party("acme", "Acme Ltd")
    line = mi.Line("Audit", 1, EUR)
    one = {"invoices": [invoice], "number": "2026-001"}
    plain = mi.Invoice("1", MAY_4, party, [line])
    note = mi.credit_note(plain, effect=mi.CreditEffect.CANCEL, as_of=MAY_4)
    note = mi.issue(note, number="2", on=MAY_4)
    whole = [mi.Milestone("a", "Audit", mi.REST, trigger=mi.ON_SIGNING, due_on=JULY_2)]
    agreed = mi.Schedule(EUR, whole, signed_on=MAY_4, deposit=mi.Deposit(mi.Percent(30)))
    unbilled = mi.Retainage([mi.RetainageStep(10)], mode=mi.RetainageMode.UNBILLED)
    left_off = attrs.evolve(agreed, deposit=None, retainage=unbilled)
    draft = mi.draft_invoice(left_off, "a", invoices=[], as_of=MAY_4, buyer=party)
    held = mi.Invoice("3", MAY_4, party, [line], held=mi.Money.of(10, "EUR"))
    rates = mi.ReferenceRates.half_yearly(date(2026, 1, 1), ["2.15", "2.40"])
    monthly = mi.Recurrence.monthly(MAY_4)
    counted = [(EUR, 31)]
    reminding = {"policy": mi.ReminderPolicy.standard()}
    dollar = mi.Money.of(1, "USD")
    return {
        "apply_credit": {"invoices": [plain, note], "note": "2", "invoice": "1"},
        "apply_on_account": {**one, "money": mi.OnAccount("acme", EUR, on=JUNE_1)},
        "cash_curve": {"schedule": agreed},
        "count_back_dso": {"billed": counted},
        "deposit_amount": {"schedule": agreed},
        "draft_deposit": {"schedule": agreed, "invoices": []},
        "draft_invoice": {"schedule": agreed, "key": "a", "invoices": []},
        "draft_release": {
            "schedule": left_off,
            "invoices": [mi.issue(draft, number="1", on=MAY_4)],
        },
        "due_reminders": reminding,
        "hours_drawn": {"bundle": mi.PrepaidHours("7.25", monthly, rate=mi.Price(90, "EUR"))},
        "record": one,
        "release_retainage": {"invoices": [held]},
        "reminder_plan": reminding,
        "retainer_lines": {
            "retainer": mi.Retainer("Support", mi.Money.of(900, "EUR"), monthly),
            "days": mi.Period(MAY_4, JUNE_1),
        },
        "roll_forward": {"before": JUNE_1, "after": JULY_2},
        "weighted_days": {"parts": counted},
        "format_number": {"value": 1},
        "Percent": {"value": 10},
        "Price": {"amount": 1, "currency": "EUR"},
        "AcceptedAfter.accepted_on": {"delivered_on": MAY_4},
        "Adjustment.amount_on": {"whole": EUR},
        "AgingReport.of_rows": {"buckets": mi.AgingBuckets(), "rows": mi.age([], as_of=MAY_4).rows},
        "AgingReport.converted": {"rates": samples.rates()},
        "Books.add": {"invoice": plain},
        "Books.numbered": {"number": "2026-001"},
        "Books.record": {"number": "2026-001"},
        "BooksPosition.numbered": {"number": "2026-001"},
        "BusinessCalendar.roll": {"convention": mi.RollConvention.FOLLOWING},
        "ExchangeRates.factor": {"currency": mi.Currency.of("USD")},
        "LatePolicy.uk_statutory": {"rates": rates},
        "LatePolicy.eu_directive": {"rates": rates},
        "LatePolicy.compensation_for": {"debt": mi.Money.of(100, "GBP")},
        "Money.of": {"amount": 1},
        "Money.parse": {"text": "EUR 1.00"},
        "Money.total": {"items": [EUR]},
        "Money.ratio_to": {"other": dollar},
        "Money.rounded_to": {"step": dollar},
        "ReferenceRates.half_yearly": {"first": date(2026, 1, 1)},
        "ReferenceRates.per_half_year": {"fixing": mi.FixingDay.FIRST_DAY},
        "Recurrence.from_rrule": {"rule": "FREQ=MONTHLY"},
        "RecurrenceRule.from_rrule": {"rule": "FREQ=MONTHLY"},
        "Retainage.on": {"of": EUR},
        "Schedule.apply": {"billed": {}},
    }


USUAL = _usual()
SPECIAL = _special()
