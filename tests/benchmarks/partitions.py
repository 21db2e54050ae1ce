"""What a worker runs on one partition: read, age, and nothing else to import."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from milestone_invoicing import AgingReport, Currency, Money, OpenItem, age

DAY = date(2026, 6, 1)


def read(path: str) -> Iterator[OpenItem]:
    """Read open items in the worker, as the how-to does."""
    with Path(path).open(newline="", encoding="utf-8") as rows:
        for number, party, due_on, minor, code in csv.reader(rows):
            amount = Money(int(minor), Currency.of(code))
            yield OpenItem(number, party, date.fromisoformat(due_on), amount)


def aged(path: str) -> AgingReport:
    """Age one partition."""
    return age(read(path), as_of=DAY)
