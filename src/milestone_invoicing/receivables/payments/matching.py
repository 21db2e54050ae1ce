"""Which invoices an incoming bank line may be for, ranked by points; it records nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, groupby
from typing import Final, NamedTuple

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Invoice, Payment, Recovered
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.discounts import discount_state
from milestone_invoicing.receivables.payments.bank_lines import Bearings, read_line
from milestone_invoicing.timing.order import undated_last

_AMOUNT: Final = 40  # of one invoice, or of all that the text names
_ALL: Final = 35  # the sum of all that the client has open
_PART: Final = 30  # the amount of one instalment
_SOME: Final = 20  # the sum of some invoices, which may be chance
_MOST_TRIED: Final = 20
_MOST_SUMMED: Final = 4


@attrs.frozen
class Match(Answer):
    """Invoices that a bank line may be for, and how much speaks for them.

    Attributes:
        numbers: of the invoices, all of one client, first due first.
        party: the key of the client.
        open: what is open of them together.
        score: points, as ``suggest_matches`` gives them; more is likelier.
        reasons: what the points are for; for a paid invoice its payments too.
        already_paid: whether nothing is open and nothing was given up, so that this would be paid
            twice.
    """

    numbers: tuple[str, ...]
    party: str
    open: Money
    score: int
    reasons: tuple[Reason, ...]
    already_paid: bool = False


def suggest_matches(
    amount: Money, text: str, invoices: Sequence[Invoice], *, as_of: date
) -> tuple[Match, ...]:
    """Return which invoices an incoming bank line may be for, likeliest first.

    Points: a number of four or more letters and digits in the text 50, a shorter one 20; the order
    of the client, its reference, the contract, or tax, register or account number of the client 15;
    the words of its name 20, or the part of them that is there. The amount: what is open, or what
    settles it today by an early discount, or without the tax that the client withholds 40; what was
    written off 40; an instalment 30; the sum of all that the text names
    40, of all that the client has open 35, of two to four other invoices of the client 20. Of
    several invoices each has its part of the points of number and reference.

    Numbers and names are compared without case, accents, spaces, punctuation and leading zeros. A
    word that is in the names of several clients says nothing. A name alone suggests nothing. For
    the sums of two to four only the twenty invoices of a client that are due first are tried; of
    several such sums the one of fewest invoices stands, then the one due first.

    A paid invoice is suggested, as already paid, if the text names it, or if it or a payment of it
    is of this amount and the text has a word of the client's name; and so is what was written off,
    since the client still owes it. Never suggested are drafts,
    voids, credit notes, what is issued later, and what is in another currency.

    Args:
        amount: what came in, above zero.
        text: of the bank line: name of the sender, purpose, reference.
        invoices: of any clients; their order decides nothing.
        as_of: the day; facts and issue dates after it are invisible.

    Order: by points; then what is open before what is paid, more invoices before fewer, the first
    due date, the numbers.

    Raises:
        NumberRangeError: the amount is not above zero.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> bills = [
        ...     Invoice(
        ...         f"INV-{number:03}",
        ...         date(2026, 5, number),
        ...         Party("acme", "Acme Ltd"),
        ...         [Line("Work", 1, Money.of(100 * number, "EUR"))],
        ...     )
        ...     for number in (1, 2, 3)
        ... ]
        >>> found = suggest_matches(
        ...     Money.of(300, "EUR"), "ACME LTD inv. 3", bills, as_of=date(2026, 5, 9)
        ... )
        >>> [(match.numbers, match.score) for match in found]
        [(('INV-003',), 110), (('INV-001', 'INV-002'), 40)]
        >>> [str(reason) for reason in found[0].reasons]
        ... # doctest: +NORMALIZE_WHITESPACE
        ['INV-003 in the text', '2 of 2 words of Acme Ltd', 'EUR 300.00 is open']

    Source: convention of this library.
    """
    require_amount(amount, "a bank line")
    require_type(text, str, "the text of a bank line")
    require_date(as_of, "as_of")
    known = books_of(invoices)
    bearings = read_line(text, known)
    found = (_known_on(each, as_of) for each in known if each.currency == amount.currency)
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
        (tuple(payable), _ALL, "all that is open"),
        (named, _AMOUNT, "all that the text names"),
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
            return _AMOUNT, Reason(f"{amount} was written off, and would be recovered")
        equal = [fact for fact in bill.payments if fact.amount == amount]
        paid = bool(equal) or bill.invoice.payable == amount
        return (_AMOUNT, Reason(f"{amount} was paid")) if paid else None
    if minor == bill.open:
        return _AMOUNT, Reason(f"{amount} is open")
    if minor == bill.in_cash:
        return _AMOUNT, Reason(f"{amount} is open without the tax that the client withholds")
    if minor == bill.settles:
        return _AMOUNT, Reason(f"{amount} settles it by an early discount")
    return (_PART, Reason(f"{amount} is an instalment")) if minor in bill.parts else None


def _adds_up(bills: Iterable[_Bill], amount: Money) -> bool:
    chosen = tuple(bills)
    return amount.minor in {sum(b.open for b in chosen), sum(b.settles for b in chosen)}


def _sums(payable: Sequence[_Bill], amount: Money) -> Iterator[tuple[tuple[_Bill, ...], int, str]]:
    """Yield the smallest set whose sum is the amount, of such sets the one due first."""
    tried = [bill for bill in payable[:_MOST_TRIED] if bill.settles < amount.minor]
    for size in range(2, _MOST_SUMMED + 1):
        found = [chosen for chosen in combinations(tried, size) if _adds_up(chosen, amount)]
        if found:
            yield found[0], _SOME, f"{size} invoices, one of {len(found)} such sums"
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
