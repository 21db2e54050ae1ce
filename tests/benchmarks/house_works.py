"""What ``bench_house`` measures, written so that builds of any age can run it.

A process runs this file with one build on its path. A work is what is prepared, and what is then
measured. Each run has values that nobody has asked anything before, so that no answer that is kept
makes it shorter. Books, where the build has them, are made in what is measured; those of a bank
line are prepared.
"""

import gc
import json
import pkgutil
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache, reduce
from importlib import import_module
from time import process_time
from typing import Any

import milestone_invoicing

DAY = date(2026, 6, 1)  # a Monday
BEFORE = DAY - timedelta(1)
LONG_AGO = DAY - timedelta(200)
KNOWN = 5_000  # the invoices that a bank line may be for

Work = tuple[Callable[[int], Any], Callable[[Any], object]]


class Names:
    """The public names of the build on the path, whichever room has them."""

    def __getattr__(self, name: str) -> Any:
        """Look a name up once."""
        front = milestone_invoicing
        below = [each.name for each in pkgutil.iter_modules(front.__path__)]
        rooms = [f"{front.__name__}.{room}" for room in below if room != "testing"]
        for room in (front, *map(import_module, rooms)):
            if hasattr(room, name):
                setattr(self, name, getattr(room, name))
                return getattr(room, name)
        raise AttributeError(name)


mi: Any = Names()
BOOKS: Any = getattr(mi, "Books", None)


def in_books(invoices: Iterable[Any]) -> Any:
    return BOOKS(invoices) if BOOKS else tuple(invoices)


def eur(cents: int) -> Any:
    return mi.Money(cents, mi.Currency.of("EUR"))


def day(number: int) -> date:
    """Return one of the 200 days before the one asked about."""
    return LONG_AGO + timedelta(number * 37 % 200)


@cache
def client(number: int) -> Any:
    return mi.Party(f"client-{number:02}", f"Client {number}")


@cache
def tax_and_terms() -> tuple[Any, Any]:
    return mi.Tax.standard(21), mi.PaymentTerms.net(30)


def line(cents: int, **fields: Any) -> Any:
    return mi.Line("Part", 3, eur(cents), tax=tax_and_terms()[0], **fields)


def bill(number: int, *facts: Any, **fields: Any) -> Any:
    """Return an invoice of two lines and net 30, unless told otherwise, of one of 100 clients."""
    fields.setdefault("terms", tax_and_terms()[1])
    lines = fields.pop("lines", None) or [line(33_333 + number % 100), line(99_900)]
    name, buyer = f"2026-{number:06}", client(number % 100)
    return mi.Invoice(name, day(number), buyer, lines, facts=facts, **fields)


def bills(size: int) -> list[Any]:
    return [bill(number) for number in range(size)]


def book(size: int) -> list[Any]:
    """Return invoices of which every second is sent and every third paid, in part or in full."""
    found: list[Any] = []
    for number in range(size):
        each = bill(number, owner=f"owner-{number % 7}")
        if number % 2:
            each = each.record(mi.Sent(on=day(number)))
        if number % 3 == 0:
            amount = each.payable if number % 2 else eur(50_000)
            each = each.record(mi.Payment(amount, on=min(BEFORE, day(number) + timedelta(33))))
        found.append(each)
    return found


def varied(size: int) -> list[Any]:
    """Return invoices of three instalments: credited and disputed, disputed, or neither."""
    terms, credited, disputed = mi.PaymentTerms.monthly(3), mi.Credited, mi.Disputed
    facts = [
        (credited(eur(10_000), f"C-{n}", on=day(n)), disputed("late", eur(20_000), on=day(n)))
        for n in range(size)
    ]
    return [bill(n, *each[n % 3 :], terms=terms) for n, each in enumerate(facts)]


def bank_lines(size: int) -> tuple[Any, list[Any]]:
    found = ((n, f"Client {n % 100} inv 2026-{n * 7 % KNOWN:06}") for n in range(size))
    return in_books(book(KNOWN)), [(eur(50_000 + number), text) for number, text in found]


def with_a_status(numbers: Iterable[int]) -> list[Any]:
    """Build invoices of one payment, and ask each once where it stands."""
    found = [bill(number, mi.Payment(eur(50_000), on=BEFORE)) for number in numbers]
    for each in found:
        mi.invoice_status(each, as_of=DAY)
    return found


def keys(size: int) -> list[str]:
    return [f"part-{number:04}" for number in range(size)]


def contract(size: int, **rules: Any) -> Any:
    """Return a contract of equal milestones that nobody has begun."""
    milestones = [mi.Milestone(key, f"Part {key}", mi.REST) for key in keys(size)]
    return mi.Schedule(eur(100_000 * size), milestones, terms=tax_and_terms()[1], **rules)


def approved(size: int, **rules: Any) -> Any:
    facts = [
        mi.WorkRecord(key, fact)
        for number, key in enumerate(keys(size))
        for fact in (mi.Delivered(on=day(number)), mi.Approved("Eve", on=day(number)))
    ]
    return contract(size, facts=facts, **rules)


def with_deposit_and_retainage(size: int) -> Any:
    deposit = mi.Deposit(mi.Percent(20), recoup=mi.Recoupment.PRO_RATA)
    return approved(size, deposit=deposit, retainage=mi.Retainage.flat(10))


def approved_and_billed(size: int) -> tuple[Any, list[Any]]:
    """Return a contract, and a bill of all or of a part of each milestone."""
    found = enumerate(keys(size))
    return approved(size), [
        bill(n, lines=[line(33_333 if n % 3 else 10_000, milestone=key)]) for n, key in found
    ]


def two_facts_each(schedule: Any) -> None:
    for key in schedule.keys:
        schedule = schedule.record(key, mi.Delivered(on=BEFORE))
        schedule = schedule.record(key, mi.Approved("Eve", on=BEFORE))


def reports(size: int) -> list[Any]:
    return [mi.ProgressReported(mi.Percent(100 * n // size), on=BEFORE) for n in range(size)]


def orders(size: int) -> list[Any]:
    """Return change orders that add a milestone each."""
    new = (mi.AddMilestone(mi.Milestone(f"new-{n}", "More", eur(10_000 + n))) for n in range(size))
    since = date(2024, 1, 1)
    return [
        mi.ChangeOrder(f"CO-{n}", [each], on=since + timedelta(n), reason="more")
        for n, each in enumerate(new)
    ]


def change_orders_applied(found: list[Any]) -> Any:
    return reduce(lambda schedule, each: schedule.apply(each, billed={}), found, contract(3))


def drafts_and_issues(schedule: Any) -> None:
    """Bill one milestone after the other, after the deposit if there is one."""
    invoices: Any = in_books(())
    asked = {"buyer": client(1), "tax": tax_and_terms()[0]}
    if schedule.deposit is not None:
        draft = mi.draft_deposit(schedule, invoices=invoices, **asked)
        deposit = mi.issue(draft, number="deposit", on=DAY)
        invoices = in_books([deposit.record(mi.Payment(deposit.payable, on=DAY))])
    for key in schedule.keys:
        draft = mi.draft_invoice(schedule, key, invoices=invoices, as_of=DAY, **asked)
        issued = mi.issue(draft, number=key, on=DAY)
        invoices = invoices.add(issued) if BOOKS else (*invoices, issued)


def large(*facts: Any, **fields: Any) -> Any:
    """Return an invoice of 200 days before."""
    return bill(0, *facts, **({"lines": [line(900_000_000)]} | fields))


def paid_daily(size: int) -> Any:
    """Return an invoice with discounts that is paid in small parts, each on a day of its own."""
    offers = [mi.EarlyDiscount(3, 14), mi.EarlyDiscount(2, 9_000)]
    paid = [mi.Payment(eur(100 + n), on=day(0) + timedelta(31 + n)) for n in range(size)]
    return large(*paid, terms=mi.PaymentTerms.net(30, discounts=offers))


WORKS: dict[str, Work] = {
    "two_facts_of_each_milestone": (contract, two_facts_each),
    "progress_reports": (
        reports,
        lambda it: reduce(lambda to, fact: to.record(keys(1)[0], fact), it, contract(3)),
    ),
    "drafts_and_issues": (approved, drafts_and_issues),
    "bills_with_deposit_and_retainage": (with_deposit_and_retainage, drafts_and_issues),
    "contract_position": (
        approved_and_billed,
        lambda it: mi.contract_position(it[0], in_books(it[1]), as_of=DAY),
    ),
    "ready_to_invoice": (
        approved_and_billed,
        lambda it: mi.ready_to_invoice(it[0], in_books(it[1]), as_of=DAY),
    ),
    "exposure_curve": (
        approved_and_billed,
        lambda it: mi.exposure_curve(
            it[0], in_books(it[1]), since=DAY - timedelta(len(it[1])), until=DAY
        ),
    ),
    "changes_of_milestones": (
        approved_and_billed,
        lambda it: mi.what_changed(it[0], in_books(it[1]), since=LONG_AGO, until=DAY),
    ),
    "change_orders": (orders, change_orders_applied),
    "changes_of_orders": (
        lambda size: change_orders_applied(orders(size)),
        lambda it: mi.what_changed(it, in_books(()), since=date(2023, 12, 31), until=DAY),
    ),
    "invoices": (range, lambda it: [bill(number) for number in it]),
    "invoices_with_a_status": (range, with_a_status),
    "payments": (bills, lambda it: [each.record(mi.Payment(eur(50_000), on=DAY)) for each in it]),
    "sendings": (bills, lambda it: [each.record(mi.Sent(on=DAY)) for each in it]),
    "invoice_status": (book, lambda it: [mi.invoice_status(each, as_of=DAY) for each in it]),
    "receivables_summary": (book, lambda it: mi.receivables_summary(in_books(it), as_of=DAY)),
    "collection_metrics": (
        book,
        lambda it: mi.collection_metrics(in_books(it), period=mi.Period(date(2026, 5, 1), DAY)),
    ),
    "due_reminders": (
        book,
        lambda it: mi.due_reminders(in_books(it), mi.ReminderPolicy.standard(), as_of=DAY),
    ),
    "cash_forecast": (
        book,
        lambda it: mi.cash_forecast((), in_books(it), as_of=DAY, until=DAY + timedelta(90)),
    ),
    "age_of_the_same": (book, lambda it: mi.age(it, as_of=DAY)),
    "age_plain": (bills, lambda it: mi.age(it, as_of=DAY)),
    "age_varied": (varied, lambda it: mi.age(it, as_of=DAY)),
    "bank_lines": (
        bank_lines,
        lambda it: [mi.suggest_matches(*each, it[0], as_of=DAY) for each in it[1]],
    ),
    "withheld_amounts": (
        lambda size: [mi.Withheld(eur(100 + n), f"W-{n}", on=BEFORE) for n in range(size)],
        lambda it: mi.invoice_status(large(*it), as_of=DAY),
    ),
    "releases": (
        lambda size: [
            mi.RetainageReleased(eur(100), DAY + timedelta(n % 100), on=BEFORE) for n in range(size)
        ],
        lambda it: mi.invoice_status(large(*it, held=eur(100 * len(it))), as_of=DAY),
    ),
    "installments": (
        mi.PaymentTerms.monthly,
        lambda it: mi.invoice_status(large(terms=it), as_of=DAY),
    ),
    "late_charge": (
        paid_daily,
        lambda it: mi.late_charge(it, mi.LatePolicy("12.25"), as_of=date(2036, 6, 1)),
    ),
    "statement": (
        paid_daily,
        lambda it: mi.statement(it.buyer, in_books([it]), since=LONG_AGO, until=date(2036, 6, 1)),
    ),
    "credit_of_all_quantities": (
        lambda size: bill(0, lines=[line(1000 + n) for n in range(size)]),
        lambda it: mi.credit_note(
            it,
            effect=mi.CreditEffect.PRICE_REDUCTION,
            as_of=DAY,
            quantities=dict.fromkeys(range(1, len(it.lines) + 1), 3),
        ),
    ),
}


def seconds(run: Callable[[Any], object], prepared: Any) -> float:
    """Return the seconds of the processor, so that what else the machine does counts less."""
    started = process_time()
    run(prepared)
    return process_time() - started


def memory(run: Callable[[Any], object], prepared: Any) -> float:
    """Return the bytes of what a work returns, with what the build keeps for it."""
    run(prepared)  # what is kept once for all is there before
    tracemalloc.start()
    made = run(prepared)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del made
    return taken


if __name__ == "__main__":
    for asked in sys.stdin:
        measure, name, count = json.loads(asked)
        prepare, run = WORKS[name]
        subject = prepare(count)
        gc.collect()
        print({"seconds": seconds, "memory": memory}[measure](run, subject), flush=True)
