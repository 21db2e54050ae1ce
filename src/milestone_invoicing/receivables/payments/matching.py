"""Which invoices an incoming bank line may be for, ranked by points; it records nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of, kept_beside
from milestone_invoicing.billing.history.amounts import require_amount
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.payments.bank_lines import Bearings
from milestone_invoicing.receivables.payments.candidates import Bill, Candidates, Sums

_AMOUNT: Final = 40  # of one invoice, or of all that the text names
_ALL: Final = 35  # the sum of all that the client has open
_PART: Final = 30  # the amount of one instalment
_SOME: Final = 20  # the sum of two to four invoices, which may be chance


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
        invoices: of any clients; their order decides nothing. ``Books`` are read once for all
            lines that are asked about on a day.
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
    candidates = kept_beside(books_of(invoices), as_of, Candidates.of)
    bearings = candidates.named.in_text(text)
    matches: list[tuple[tuple[bool, date], Match]] = []
    for bills, sums in candidates.pointed_at(amount, bearings):
        matches += _of_client(bills, sums, amount, bearings)
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


def _of_client(
    bills: Sequence[Bill], sums: Sums | None, amount: Money, bearings: Bearings
) -> Iterator[tuple[tuple[bool, date], Match]]:
    """Yield what may be matched of one client, with its first due date."""
    sets: dict[tuple[str, ...], tuple[Sequence[Bill], tuple[int, str] | None]] = {
        (bill.number,): ([bill], _one(bill, amount)) for bill in bills
    }
    some = sums.of_some(amount.minor) if sums else None
    if some is not None:
        few, count = some
        words = f"is the sum of {len(few)} invoices, one of {count} such sums"
        sets[_numbers(few)] = few, (_SOME, words)
    if sums and amount.minor in sums.all:
        sets[_numbers(sums.bills)] = sums.bills, (_ALL, "is the sum of all that is open")
    named = [bill for bill in bills if bill.open and bill.number in bearings.numbers]
    if len(named) > 1:
        both = sum(bill.open for bill in named), sum(bill.settles for bill in named)
        of_all = (_AMOUNT, "is the sum of all that the text names")
        sets[_numbers(named)] = named, of_all if amount.minor in both else None
    for chosen, of_amount in sets.values():
        match = _match(chosen, of_amount, amount, bearings)
        if match is not None:
            yield chosen[0].due, match


def _numbers(bills: Sequence[Bill]) -> tuple[str, ...]:
    return tuple(bill.number for bill in bills)


def _one(bill: Bill, amount: Money) -> tuple[int, str] | None:
    """Return the points of the amount for one invoice, and what it is of it."""
    minor = amount.minor
    if not bill.open:
        if minor == bill.lost:
            return _AMOUNT, "was written off, and would be recovered"
        return (_AMOUNT, "was paid") if minor in bill.amounts else None
    if minor == bill.open:
        return _AMOUNT, "is open"
    if minor == bill.in_cash:
        return _AMOUNT, "is open without the tax that the client withholds"
    if minor == bill.settles:
        return _AMOUNT, "settles it by an early discount"
    return (_PART, "is an instalment") if minor in bill.parts else None


def _match(
    chosen: Sequence[Bill], of_amount: tuple[int, str] | None, amount: Money, bearings: Bearings
) -> Match | None:
    """Return a match with its points; None if too little speaks for it."""
    bills = [bill.invoice for bill in chosen]
    by_text, reasons = bearings.of_invoices(bills)
    by_name, words = bearings.of_client(bills[0].buyer)
    is_open = bool(chosen[0].open)
    if not by_text and not (of_amount and (is_open or by_name)):
        return None
    told = [*reasons, *words]
    if of_amount:
        told.append(Reason(f"{amount} {of_amount[1]}"))
    is_paid = not is_open and not chosen[0].lost
    if is_paid:
        told.append(Reason("already paid", chosen[0].payments))
    return Match(
        _numbers(chosen),
        bills[0].buyer.key,
        Money(sum(bill.open for bill in chosen), amount.currency),
        by_text + by_name + (of_amount[0] if of_amount else 0),
        tuple(told),
        already_paid=is_paid,
    )
