"""Bank lines read the slow way: every invoice is looked at for every line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, combinations, groupby
from typing import NamedTuple
from unicodedata import combining, normalize

from milestone_invoicing import Invoice, Match, Money, Party, Payment, Recovered, discount_state
from milestone_invoicing.facts import Reason
from milestone_invoicing.receivables.payments.bank_lines import words_of
from milestone_invoicing.timing.order import undated_last


class Spread(NamedTuple):
    """The words of a text, laid out so that nobody has to read all of them to find some.

    Attributes:
        bare: the words in their order, without the zeros that lead a number.
        places: where each of these is.
        joined: the words as written, all run together.
        begins: which word begins where in that; the one behind the last, at its end.
    """

    bare: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    joined: str
    begins: Mapping[int, int]

    @classmethod
    def of(cls, words: Sequence[str]) -> "Spread":
        """Lay out words."""
        bare = _without_zeros(words)
        places: dict[str, list[int]] = {}
        for place, word in enumerate(bare):
            places.setdefault(word, []).append(place)
        starts = accumulate(map(len, words), initial=0)
        begins = {start: place for place, start in enumerate(starts)}
        return cls(bare, places, "".join(words), begins)

    def spans_of(self, wanted: Sequence[str]) -> list[tuple[int, int]]:
        """Return where the words wanted are, as the first word and the one behind the last.

        They may be run together or parted otherwise; parted alike, zeros that lead a number say
        nothing.

        Example:
            >>> text = Spread.of(words_of("inv 2026/1, INV2026001, inv-20260 01"))
            >>> text.spans_of(words_of("INV-2026-001"))
            [(0, 3), (3, 5), (5, 8)]
        """
        whole, alike = "".join(wanted), _without_zeros(wanted)
        found: dict[int, int] = {}
        start = self.joined.find(whole)
        while start >= 0:
            first, last = self.begins.get(start), self.begins.get(start + len(whole))
            if first is not None and last is not None:
                found[first] = last
            start = self.joined.find(whole, start + 1)
        for first in self.places.get(alike[0], ()):
            last = first + len(alike)
            if self.bare[first:last] == alike:
                found[first] = last
        return sorted(found.items())


def _without_zeros(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lstrip("0") or "0" for word in words)


def named_in(numbers: Iterable[str], words: Sequence[str]) -> frozenset[str]:
    """Return those of *numbers* that a text has, but not where it is a part of a longer one."""
    text = Spread.of(words)
    wanted = {number: words_of(number) for number in numbers}
    spans = {number: text.spans_of(runs) for number, runs in wanted.items() if runs}
    whole = _not_within({span for found in spans.values() for span in found})
    return frozenset(number for number, found in spans.items() if not whole.isdisjoint(found))


def _not_within(spans: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Return the spans that are no part of another one."""
    whole: list[tuple[int, int]] = []
    # What holds a span begins before it, or with it and ends later: so the last one kept tells.
    for first, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not whole or whole[-1][1] < end:
            whole.append((first, end))
    return frozenset(whole)


class Bearings(NamedTuple):
    """What a bank line says about invoices.

    Attributes:
        text: its words.
        numbers: of the invoices that it names.
        shared: the words in the names of several clients.
    """

    text: Spread
    numbers: frozenset[str]
    shared: frozenset[str]

    def of_invoices(self, invoices: Sequence[Invoice]) -> tuple[int, tuple[Reason, ...]]:
        """Return the points for what the text says about invoices, each its part, and why."""
        points = 0
        reasons: list[Reason] = []
        for invoice in invoices:
            number = invoice.number or ""
            if number in self.numbers:
                points += 50 if _is_long(number) else 20
                reasons.append(Reason(f"{number} in the text"))
            found = next(filter(self._has, _references(invoice)), None)
            if found is not None:
                points += 15
                reasons.append(Reason(f"{found} in the text"))
        return points // len(invoices), tuple(dict.fromkeys(reasons))

    def of_client(self, party: Party) -> tuple[int, tuple[Reason, ...]]:
        """Return the points for the words of a name, and why."""
        own = _name(party) - self.shared
        there = sum(bool(self.text.spans_of(words_of(word))) for word in own)
        if not there:
            return 0, ()
        return 20 * there // len(own), (Reason(f"{there} of {len(own)} words of {party.name}"),)

    def _has(self, reference: str) -> bool:
        return _is_long(reference) and bool(self.text.spans_of(words_of(reference)))


def read_line(text: str, invoices: Sequence[Invoice]) -> Bearings:
    """Return what a text says about invoices, of whatever clients."""
    words = words_of(text)
    clients = {invoice.buyer.key: _name(invoice.buyer) for invoice in invoices}
    uses = Counter(word for name in clients.values() for word in name)
    shared = frozenset(word for word, count in uses.items() if count > 1)
    return Bearings(
        Spread.of(words), named_in((each.number or "" for each in invoices), words), shared
    )


def _name(party: Party) -> frozenset[str]:
    """Return the words of a name; here a letter and a digit may stand in one, as in 3M."""
    kept = (each for each in normalize("NFKD", party.name) if not combining(each))
    words = re.findall(r"[^\W_]+", "".join(kept).casefold())
    return frozenset(word for word in words if len(word) > 1)


def _is_long(reference: str) -> bool:
    return len("".join(words_of(reference))) >= 4


def _references(invoice: Invoice) -> tuple[str, ...]:
    party = invoice.buyer
    own = (invoice.purchase_order, invoice.buyer_reference, invoice.contract)
    return (*own, party.tax_id, party.legal_id, party.bank_account)


def scanned(
    amount: Money, text: str, invoices: Sequence[Invoice], *, as_of: date
) -> tuple[Match, ...]:
    """Return what ``suggest_matches`` does."""
    bearings = read_line(text, invoices)
    found = (_known_on(each, as_of) for each in invoices if each.currency == amount.currency)
    bills = sorted(
        (bill for bill in found if bill is not None),
        key=lambda bill: (bill.invoice.buyer.key, *_age(bill)),
    )
    matches: list[tuple[tuple[bool, date], Match]] = []
    for _, own in groupby(bills, lambda bill: bill.invoice.buyer.key):
        matches += _of_client(list(own), amount, bearings)
    matches.sort(
        key=lambda one: (
            -one[1].score,
            one[1].already_paid,
            -len(one[1].numbers),
            one[0],
            one[1].numbers,
        )
    )
    return tuple(match for _, match in matches)


class _Bill(NamedTuple):
    """An invoice on the day, in minor units."""

    invoice: Invoice
    number: str
    due: tuple[bool, date]
    open: int
    settles: int
    in_cash: int
    lost: int
    parts: frozenset[int]
    payments: tuple[Payment | Recovered, ...]


def _known_on(invoice: Invoice, day: date) -> _Bill | None:
    """Return what is asked about an invoice; None if nobody pays it, or nobody did or will."""
    reading = invoice.reading(day)
    opens = [minor for minor in reading.open_by_item if minor]
    payments = tuple(fact for fact in reading.facts if isinstance(fact, Payment | Recovered))
    lost = reading.written_off
    if invoice.number is None or not reading.due_days or not (opens or payments or lost):
        return None
    wanted = [d for d, minor in zip(reading.due_days, reading.open_by_item, strict=True) if minor]
    return _Bill(
        invoice,
        invoice.number,
        min(map(undated_last, wanted or reading.due_days)),
        reading.open,
        discount_state(invoice, as_of=day).settles.minor,
        reading.to_come,
        lost,
        frozenset(minor for minor in (*opens, *reading.cash_by_item) if minor),
        payments,
    )


def _age(bill: _Bill) -> tuple[tuple[bool, date], date | None, str]:
    return bill.due, bill.invoice.issued_on, bill.number


def _of_client(
    bills: Sequence[_Bill], amount: Money, bearings: Bearings
) -> Iterator[tuple[tuple[bool, date], Match]]:
    """Yield what may be matched of one client, with its first due date."""
    payable = [bill for bill in bills if bill.open]
    named = tuple(bill for bill in payable if bill.number in bearings.numbers)
    sets: dict[tuple[_Bill, ...], tuple[int, Reason] | None] = {
        (bill,): _one(bill, amount) for bill in bills
    }
    for chosen, points, words in (
        *_sums(payable, amount),
        (tuple(payable), 35, "all that is open"),
        (named, 40, "all that the text names"),
    ):
        if len(chosen) > 1 and (_adds_up(chosen, amount) or chosen == named):
            reason = Reason(f"{amount} is the sum of {words}")
            sets[chosen] = (points, reason) if _adds_up(chosen, amount) else None
    for chosen, of_amount in sets.items():
        match = _match(chosen, of_amount, amount, bearings)
        if match is not None:
            yield chosen[0].due, match


def _one(bill: _Bill, amount: Money) -> tuple[int, Reason] | None:
    """Return the points of the amount for one invoice."""
    minor = amount.minor
    if not bill.open:
        if minor == bill.lost:
            return 40, Reason(f"{amount} was written off, and would be recovered")
        equal = [fact for fact in bill.payments if fact.amount == amount]
        paid = bool(equal) or bill.invoice.payable == amount
        return (40, Reason(f"{amount} was paid")) if paid else None
    if minor == bill.open:
        return 40, Reason(f"{amount} is open")
    if minor == bill.in_cash:
        return 40, Reason(f"{amount} is open without the tax that the client withholds")
    if minor == bill.settles:
        return 40, Reason(f"{amount} settles it by an early discount")
    return (30, Reason(f"{amount} is an instalment")) if minor in bill.parts else None


def _adds_up(bills: Iterable[_Bill], amount: Money) -> bool:
    chosen = tuple(bills)
    return amount.minor in {sum(b.open for b in chosen), sum(b.settles for b in chosen)}


def _sums(payable: Sequence[_Bill], amount: Money) -> Iterator[tuple[tuple[_Bill, ...], int, str]]:
    """Yield the smallest set whose sum is the amount, of such sets the one due first."""
    tried = [bill for bill in payable[:20] if bill.settles < amount.minor]
    for size in range(2, 5):
        found = [chosen for chosen in combinations(tried, size) if _adds_up(chosen, amount)]
        if found:
            yield found[0], 20, f"{size} invoices, one of {len(found)} such sums"
            return


def _match(
    chosen: tuple[_Bill, ...],
    of_amount: tuple[int, Reason] | None,
    amount: Money,
    bearings: Bearings,
) -> Match | None:
    """Return a match with its points; None if too little speaks for it."""
    bills = [bill.invoice for bill in chosen]
    by_text, reasons = bearings.of_invoices(bills)
    by_name, words = bearings.of_client(bills[0].buyer)
    is_open = bool(chosen[0].open)
    if not by_text and not (of_amount and (is_open or by_name)):
        return None
    points, reason = of_amount or (0, None)
    is_paid = not is_open and not chosen[0].lost
    paid = (Reason("already paid", chosen[0].payments),) if is_paid else ()
    told = (*reasons, *words, *((reason,) if reason else ()), *paid)
    return Match(
        tuple(bill.number for bill in chosen),
        bills[0].buyer.key,
        Money(sum(bill.open for bill in chosen), amount.currency),
        by_text + by_name + points,
        told,
        already_paid=is_paid,
    )
