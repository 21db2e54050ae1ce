"""Which invoices the amount and the text of a bank line point at; it gives no points.

What is asked about each invoice is worked out once for books and a day, and laid out by amount,
number, reference and client; a line looks up what it points at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, islice
from typing import Final, NamedTuple, TypeAlias

from milestone_invoicing.billing import Invoice, Payment, Recovered
from milestone_invoicing.billing.account.books import Books
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.receivables.discounts import still_available
from milestone_invoicing.receivables.payments.bank_lines import Bearings, Named, references_of
from milestone_invoicing.timing.order import undated_last

_MOST_TRIED: Final = 20
_SIZES: Final = (2, 3, 4)
# A number or a reference, an amount, or an amount of a client.
_Sign: TypeAlias = str | int | tuple[str, int]


class Bill(NamedTuple):
    """An invoice on the day, in minor units.

    Attributes:
        invoice: the invoice.
        number: of it.
        due: the first day on which an open part of it is due; of a paid one, any part.
        open: what is open.
        settles: the cash that settles it, less what an early discount leaves off.
        in_cash: what is open, less what the client withholds.
        lost: what was written off.
        parts: what is open of the instalments, with what the client withholds and without.
        payments: what came in.
    """

    invoice: Invoice
    number: str
    due: tuple[bool, date]
    open: int
    settles: int
    in_cash: int
    lost: int
    parts: frozenset[int]
    payments: tuple[Payment | Recovered, ...]

    @classmethod
    def of(cls, invoice: Invoice, day: date) -> "Bill | None":
        """Return what is asked about an invoice; None if nobody pays it, or nobody did or will."""
        reading = invoice.reading(day)
        if invoice.number is None or reading.claim is None or not reading.due_days:
            return None
        opens = reading.open_by_item
        payments = tuple(fact for fact in reading.facts if isinstance(fact, Payment | Recovered))
        lost = reading.written_off
        if not (any(opens) or payments or lost):
            return None
        wanted = [due for due, minor in zip(reading.due_days, opens, strict=True) if minor]
        available = still_available(reading, reading.claim, reading.claim.offers(reading.facts))
        return cls(
            invoice,
            invoice.number,
            min(map(undated_last, wanted or reading.due_days)),
            reading.open,
            reading.to_come - sum(available.values()),
            reading.to_come,
            lost,
            frozenset(minor for minor in (*opens, *reading.cash_by_item) if minor),
            payments,
        )

    @property
    def amounts(self) -> set[int]:
        """The amounts of a bank line that would speak for it."""
        if self.open:
            return {self.open, self.settles, self.in_cash, *self.parts}
        paid = (fact.amount.minor for fact in self.payments)
        return {self.lost, self.invoice.payable.minor, *paid}


def by_age(bill: Bill) -> tuple[tuple[bool, date], date | None, str]:
    """Return by what the invoices of a client are put in order: the first due first."""
    return bill.due, bill.invoice.issued_on, bill.number


class Sums(NamedTuple):
    """What several open invoices of one client in one currency come to, in minor units.

    Attributes:
        client: its key.
        bills: all that are open, first due first.
        all: what is open of them, and what settles them.
        tried: of those of which some may be paid together, what is open of each, and what settles
            each if that is not the same; with what any two come to.
    """

    client: str
    bills: tuple[Bill, ...]
    all: tuple[int, int]
    tried: tuple[tuple[tuple[int, ...], frozenset[int]], ...]

    @classmethod
    def of(cls, client: str, bills: Iterable[Bill]) -> "Sums":
        """Return the sums of what is open of a client."""
        found = tuple(sorted(bills, key=by_age))
        opens, settles = tuple(each.open for each in found), tuple(each.settles for each in found)
        columns = dict.fromkeys((opens[:_MOST_TRIED], settles[:_MOST_TRIED]))
        tried = ((each, frozenset(map(sum, combinations(each, 2)))) for each in columns)
        return cls(client, found, (sum(opens), sum(settles)), tuple(tried))

    def may_be(self, minor: int) -> bool:
        """Say whether all may come to an amount, or some; without this answer no sum is one."""
        return minor in self.all or any(
            minor in pairs
            or not pairs.isdisjoint(map(minor.__sub__, tried))
            or not pairs.isdisjoint(map(minor.__sub__, pairs))
            for tried, pairs in self.tried
        )

    def of_some(self, minor: int) -> tuple[tuple[Bill, ...], int] | None:
        """Return the smallest set that comes to an amount, the first due, and how many such are."""
        tried = [bill for bill in self.bills[:_MOST_TRIED] if bill.settles < minor]
        opens, settles = [bill.open for bill in tried], [bill.settles for bill in tried]
        for size in _SIZES:
            columns = (map(sum, combinations(column, size)) for column in (opens, settles))
            found = [at for at, sums in enumerate(zip(*columns, strict=True)) if minor in sums]
            if found:
                return next(islice(combinations(tried, size), found[0], None)), len(found)
        return None


class InCurrency(NamedTuple):
    """The invoices in one currency, laid out by what a bank line may say of them.

    Attributes:
        bills: by number and reference; what is open by the amounts that speak for it, and what is
            paid by these and the key of its client.
        sums: of clients with several open invoices.
    """

    bills: Mapping[_Sign, Sequence[Bill]]
    sums: Sequence[Sums]

    @classmethod
    def of(cls, bills: Iterable[Bill]) -> "InCurrency":
        """Lay out invoices."""
        signs: dict[_Sign, list[Bill]] = {}
        payable: dict[str, list[Bill]] = {}
        for bill in bills:
            client = bill.invoice.buyer.key
            if bill.open:
                payable.setdefault(client, []).append(bill)
            amounts = ((minor if bill.open else (client, minor)) for minor in bill.amounts)
            for sign in {bill.number, *references_of(bill.invoice), *amounts}:
                signs.setdefault(sign, []).append(bill)
        return cls(signs, [Sums.of(key, own) for key, own in payable.items() if len(own) > 1])


class Candidates(NamedTuple):
    """The invoices of books on a day, laid out for bank lines.

    Attributes:
        named: what a text may name.
        clients: the keys of clients, by the words of their own names.
        by_currency: the invoices that are open, or were paid or written off.
    """

    named: Named
    clients: Mapping[str, set[str]]
    by_currency: Mapping[Currency, InCurrency]

    @classmethod
    def of(cls, books: Books, as_of: date) -> "Candidates":
        """Lay out books on a day."""
        named, clients = Named.of(books), dict[str, set[str]]()
        for key, name in {(each.buyer.key, each.buyer.name) for each in books}:
            for word in named.own[name]:
                clients.setdefault(word, set()).add(key)
        bills: dict[Currency, list[Bill]] = {}
        for invoice in books:
            bill = Bill.of(invoice, as_of)
            if bill is not None:
                bills.setdefault(invoice.currency, []).append(bill)
        return cls(named, clients, {each: InCurrency.of(found) for each, found in bills.items()})

    def pointed_at(
        self, amount: Money, bearings: Bearings
    ) -> Iterator[tuple[list[Bill], Sums | None]]:
        """Yield for each client the invoices that a line points at, and sums that may be its."""
        known = self.by_currency.get(amount.currency)
        if known is None:
            return
        minor = amount.minor
        clients = {key for word in bearings.phrases for key in self.clients.get(word, ())}
        found: dict[str, dict[str, Bill]] = {}
        signs: list[_Sign] = [minor, *bearings.phrases, *((client, minor) for client in clients)]
        for sign in signs:
            for bill in known.bills.get(sign, ()):
                found.setdefault(bill.invoice.buyer.key, {})[bill.number] = bill
        sums = {each.client: each for each in known.sums if each.may_be(minor)}
        for client in {**found, **sums}:
            yield sorted(found.get(client, {}).values(), key=by_age), sums.get(client)
