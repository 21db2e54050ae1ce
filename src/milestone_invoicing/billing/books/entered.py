"""The invoices that are issued on a day, found by number; it knows nothing of what is wrong."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

import attrs

from milestone_invoicing._checks import require_date, tuple_of
from milestone_invoicing.billing.invoice import Invoice


@attrs.frozen
class EnteredBills:
    """What is issued on a day, void ones included; numbers may stand twice.

    Attributes:
        issued: in the order given.
        as_of: the day; what is dated after it is invisible.
    """

    issued: tuple[Invoice, ...]
    as_of: date

    @classmethod
    def on(cls, invoices: Iterable[Invoice], as_of: date) -> "EnteredBills":
        """Return those of *invoices* that are issued on a day, of any number and currency.

        Raises:
            WrongTypeError, DateTypeError: an argument of another type.
        """
        require_date(as_of, "as_of")
        known = tuple_of(invoices, Invoice, "invoices")
        return cls(tuple(each for each in known if each.is_issued(as_of)), as_of)

    @cached_property
    def by_number(self) -> dict[str, Invoice]:
        """The first of each number; of a number that stands twice, rather one that is not void."""
        found: dict[str, Invoice] = {}
        for each in (*self.not_void, *self.issued):
            found.setdefault(str(each.number), each)
        return found

    @cached_property
    def not_void(self) -> tuple[Invoice, ...]:
        """Those that are not void themselves."""
        return tuple(each for each in self.issued if not each.is_void_on(self.as_of))

    @cached_property
    def counted(self) -> tuple[Invoice, ...]:
        """Those that count: not void, nor credit notes of what is void."""
        return tuple(each for each in self.not_void if not self.voids_of(each))

    def voids_of(self, document: Invoice) -> list[str]:
        """Return the numbers of void invoices that a credit note takes back."""
        if not document.kind.is_credit_note:
            return []
        return [number for number in document.preceding if self.is_void(number)]

    def is_void(self, number: str) -> bool:
        """Say whether the invoice of that number is void; one that is not there is not."""
        found = self.by_number.get(number)
        return found is not None and found.is_void_on(self.as_of)

    def with_number(self, numbers: Iterable[str]) -> list[Invoice]:
        """Return the invoices of those *numbers* that are there."""
        return [self.by_number[number] for number in numbers if number in self.by_number]
