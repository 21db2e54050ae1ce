"""Reads the scripts of ``docs/examples`` and what their contracts look like on a day."""

import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import NamedTuple

from milestone_invoicing import (
    AgingReport,
    Money,
    age,
    contract_position,
    invoice_status,
    milestone_status,
)
from tests.architecture.house import ROOT

EXAMPLES = ROOT / "docs" / "examples"


def script(name: str) -> ModuleType:
    """Return the script ``docs/examples/<name>.py`` as a module, without running its ``main``."""
    if str(EXAMPLES) not in sys.path:
        sys.path.insert(0, str(EXAMPLES))  # the scripts import their neighbours
    spec = spec_from_file_location(f"docs_examples_{name}", EXAMPLES / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Seen(NamedTuple):
    """A contract on a day, all amounts in major units."""

    milestones: dict[str, str]
    """The label of each milestone."""
    invoices: dict[str, tuple[str, str, str, int]]
    """Payable, open, label and days overdue of each invoice that is issued by then."""
    net: tuple[str, str, str, str, str]
    """Agreed; invoiced, awaiting decision, not yet invoiced, cancelled."""
    gross: tuple[str, str, str, str]
    """Payable; paid, open; unapplied."""
    aged: dict[str, tuple[str, ...]]
    """By client: current, 1-30, 31-60, 61-90, 91+, unapplied; balance."""


def major(*amounts: Money) -> tuple[str, ...]:
    """Return amounts in major units."""
    return tuple(str(amount.amount) for amount in amounts)


def cells(report: AgingReport) -> dict[str, tuple[str, ...]]:
    """Return the cells of a report by client; nothing in the examples is undated."""
    assert not any(row.undated for row in report.rows)
    return {
        row.key: major(row.current, *row.buckets, row.unapplied, row.balance) for row in report.rows
    }


def seen(story: ModuleType, day: date) -> Seen:
    """Return how the contract of *story* looks on *day*."""
    schedule = story.contract()
    invoices = story.bills(schedule)
    states = [invoice_status(one, as_of=day) for one in invoices if one.is_issued(day)]
    position = contract_position(schedule, invoices, as_of=day)
    net, gross = position.net, position.gross
    return Seen(
        milestones={
            one.key: milestone_status(schedule, one.key, invoices, as_of=day).label.value
            for one in schedule.milestones
        },
        invoices={
            state.number: (*major(state.payable, state.open), state.label.value, state.days_overdue)
            for state in states
        },
        net=major(
            net.agreed, net.invoiced, net.awaiting_decision, net.not_yet_invoiced, net.cancelled
        ),
        gross=major(gross.payable, gross.paid, gross.open, gross.unapplied),
        aged=cells(age(invoices, as_of=day)),
    )


def billed(story: ModuleType) -> dict[str, tuple[str, ...]]:
    """Return net, tax and payable of each invoice of *story*."""
    return {
        invoice.number: major(
            invoice.totals.tax_exclusive, invoice.totals.tax, invoice.totals.payable
        )
        for invoice in story.bills(story.contract())
    }


def due(story: ModuleType) -> dict[str, list[tuple[str, str]]]:
    """Return when which part of each invoice of *story* was first agreed to be due."""
    return {
        invoice.number: [(str(part.due_on), *major(part.amount)) for part in invoice.installments]
        for invoice in story.bills(story.contract())
    }
