"""A set of invoices, found by number, milestone and client, and where they stand on a day."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Self, TypeAlias, TypeVar, overload

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.billing.account.position import InvoicePosition
from milestone_invoicing.billing.history.invoice_facts import InvoiceFact
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.errors import DuplicateNumberError, UnknownInvoiceError

_Places: TypeAlias = dict[str, list[int]]
_T = TypeVar("_T")
# The place of each bill of a milestone, and what it bills of it, net in minor units.
_Nets: TypeAlias = dict[str, list[tuple[int, int]]]


@attrs.frozen
class _Groups:
    """At which places of the books the invoices of a milestone or client stand.

    Facts change none of it, so the books before and after a record share it.

    Attributes:
        milestones: the places of the bills that have a line of a milestone, and its net of each.
        clients: the places of all that a client is billed.
        credit_notes: the places of the credit notes that name a number.
    """

    milestones: _Nets
    clients: _Places
    credit_notes: _Places

    @classmethod
    def of(cls, invoices: Iterable[Invoice]) -> "_Groups":
        """Return the groups of *invoices*."""
        made = cls({}, {}, {})
        for place, invoice in enumerate(invoices):
            for entries, key, entry in made._entries(place, invoice):
                entries.setdefault(key, []).append(entry)
        return made

    def added(self, place: int, invoice: Invoice) -> "_Groups":
        """Return the groups with one more; these stay as they are."""
        made = _Groups(self.milestones.copy(), self.clients.copy(), self.credit_notes.copy())
        for entries, key, entry in made._entries(place, invoice):
            entries[key] = [*entries.get(key, ()), entry]
        return made

    def _entries(
        self, place: int, invoice: Invoice
    ) -> Iterator[tuple[dict[str, list[Any]], str, object]]:
        """Yield in which groups an invoice stands, under which key, and as what."""
        yield self.clients, invoice.buyer.key, place
        nets: dict[str, int] = {}
        for line in invoice.lines:
            if line.milestone is not None:
                nets[line.milestone] = nets.get(line.milestone, 0) + line.net_minor
        for key, net in nets.items():
            yield self.milestones, key, (place, net)
        for number in dict.fromkeys(invoice.preceding) if invoice.kind.is_credit_note else ():
            yield self.credit_notes, number, place


class _Indexed:
    """Where books keep what is worked out of them: outside of eq, hash, repr, pickle and copy."""

    __slots__ = ("_groups", "_laid_out", "_numbers")
    _groups: _Groups
    _numbers: Mapping[str, int]
    _laid_out: tuple[date, Callable[..., object], object]


def _invoices(values: Iterable[Invoice]) -> tuple[Invoice, ...]:
    return tuple_of(values, Invoice, "invoices")


@attrs.frozen(repr=False)
class Books(_Indexed, Sequence[Invoice]):
    """Invoices and credit notes with their facts, in a stated order; no two have one number.

    They are a sequence of invoices, and stand wherever ``invoices`` are asked for: a function that
    gets books finds in them what it would have to search for in a list, and a hundred questions
    about one day cost one reading. They have no day themselves.

    Args:
        invoices: in the order in which reports list them; drafts without a number are as many as
            there are.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError: no collection, or an item is no Invoice.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> books = Books([Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])])
        >>> books = books.record("1", Payment(Money.of(400, "EUR"), on=date(2026, 5, 9)))
        >>> [str(position.open) for position in books.on(date(2026, 5, 10))]
        ['EUR 600.00']

    Source: convention of this library.
    """

    invoices: tuple[Invoice, ...] = attrs.field(default=(), converter=_invoices)

    def __attrs_post_init__(self) -> None:
        """Check that no two invoices have one number."""
        self.places  # noqa: B018  # finding the places checks that

    def __repr__(self) -> str:
        """Return how many invoices there are, and the first and the last number."""
        ends = self.invoices[:1] + self.invoices[1:][-1:]
        numbers = " ... ".join(str(each.number) for each in ends)
        return f"{type(self).__name__}({len(self)}{': ' if ends else ''}{numbers})"

    def __len__(self) -> int:
        """Return how many invoices there are."""
        return len(self.invoices)

    def __iter__(self) -> Iterator[Invoice]:
        """Yield the invoices in their order."""
        return iter(self.invoices)

    @overload
    def __getitem__(self, place: int) -> Invoice: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Invoice, ...]: ...
    def __getitem__(self, place: int | slice) -> Invoice | tuple[Invoice, ...]:
        """Return the invoice at a place, or those at several."""
        return self.invoices[place]

    def numbered(self, number: str) -> Invoice:
        """Return the invoice of a number.

        Raises:
            UnknownInvoiceError: none has it.
            BlankTextError, WrongTypeError: the number is no text.
        """
        return self.invoices[self._place(number)]

    def of_client(self, key: str) -> tuple[Invoice, ...]:
        """Return what the client of that key is billed, in order; nothing if there is none.

        Raises:
            WrongTypeError: the key is no text.
        """
        require_type(key, str, "the key of a client")
        return self._at(self._grouped().clients, key)

    def of_milestone(self, key: str) -> tuple[Invoice, ...]:
        """Return what has a line of the milestone of that key, in order; nothing if there is none.

        Raises:
            WrongTypeError: the key is no text.
        """
        require_type(key, str, "the key of a milestone")
        return tuple(self.invoices[place] for place, _ in self._grouped().milestones.get(key, ()))

    def credit_notes_of(self, number: str) -> tuple[Invoice, ...]:
        """Return the credit notes that name the invoice of a number, in order.

        They may name one that is not among the invoices; that there is none is no error.

        Raises:
            WrongTypeError: the number is no text.
        """
        require_type(number, str, "the number of an invoice")
        return self._at(self._grouped().credit_notes, number)

    def on(self, as_of: date) -> "BooksPosition":
        """Return where the invoices stand on a day.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        return BooksPosition(self, as_of)

    def record(self, number: str, *facts: InvoiceFact) -> Self:
        """Return the books with *facts* recorded on the invoice of a number.

        Raises:
            UnknownInvoiceError: none has it.
            BlankTextError, WrongTypeError: the number is no text.
            ImpossibleFactError, NothingToReverseError, CurrencyMismatchError: as
                ``Invoice.record``.
        """
        place = self._place(number)
        told = self.invoices[place].record(*facts)
        made = (*self.invoices[:place], told, *self.invoices[place + 1 :])
        return self._made(made, self.places, self._grouped())

    def add(self, invoice: Invoice) -> Self:
        """Return the books with one more invoice at their end.

        Raises:
            DuplicateNumberError: its number is there already.
            WrongTypeError: not an Invoice.
        """
        require_type(invoice, Invoice, "the invoice")
        place, numbers = len(self.invoices), self.places
        if invoice.number is not None:
            numbers = _entered(numbers, ((place, invoice),))
        groups = self._grouped().added(place, invoice)
        return self._made((*self.invoices, invoice), numbers, groups)

    def _place(self, number: str) -> int:
        require_text(number, "the number of an invoice")
        try:
            return self.places[number]
        except KeyError:
            raise UnknownInvoiceError(
                "no invoice has this number",
                expected="the number of one of the invoices",
                got=number,
            ) from None

    def _at(self, places: _Places, key: str) -> tuple[Invoice, ...]:
        return tuple(self.invoices[place] for place in places.get(key, ()))

    @property
    def places(self) -> Mapping[str, int]:
        """The place of each number; what comes out of a pickle finds them again."""
        try:
            return self._numbers
        except AttributeError:
            numbers = _entered({}, enumerate(self.invoices))
            object.__setattr__(self, "_numbers", numbers)
            return numbers

    def _grouped(self) -> _Groups:
        """Return the groups, which are made when they are first asked for."""
        try:
            return self._groups
        except AttributeError:
            groups = _Groups.of(self.invoices)
            object.__setattr__(self, "_groups", groups)
            return groups

    def _made(
        self, invoices: tuple[Invoice, ...], numbers: Mapping[str, int], groups: _Groups
    ) -> Self:
        """Return books of what is checked and grouped already, which costs a copied tuple."""
        if type(self) is not Books:  # one of a user's own may have more parts
            return attrs.evolve(self, invoices=invoices)
        made = object.__new__(type(self))
        for name, value in (("invoices", invoices), ("_numbers", numbers), ("_groups", groups)):
            object.__setattr__(made, name, value)
        return made


def _entered(
    numbers: Mapping[str, int], invoices: Iterable[tuple[int, Invoice]]
) -> Mapping[str, int]:
    """Return the places of all numbers and of *invoices*; read only, since books share them."""
    places = dict(numbers)
    for place, invoice in invoices:
        if invoice.number is not None and places.setdefault(invoice.number, place) != place:
            raise DuplicateNumberError(
                "two invoices have one number", expected="unique numbers", got=invoice.number
            )
    return MappingProxyType(places)


@attrs.frozen
class BooksPosition(Sequence[InvoicePosition]):
    """Where the invoices of books stand on a day: a sequence of positions, made when asked.

    Args:
        books: the invoices.
        as_of: the day.

    Raises:
        WrongTypeError: not Books.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> books = Books([Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])])
        >>> [str(books.on(date(2026, day, 1))[0].open) for day in (4, 5)]
        ['EUR 0.00', 'EUR 1000.00']

    Source: convention of this library.
    """

    books: Books
    as_of: date

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.books, Books, "the books")
        require_date(self.as_of, "as_of")

    def __len__(self) -> int:
        """Return how many invoices there are."""
        return len(self.books)

    def __iter__(self) -> Iterator[InvoicePosition]:
        """Yield the positions in the order of the books."""
        return (InvoicePosition(invoice, as_of=self.as_of) for invoice in self.books.invoices)

    @overload
    def __getitem__(self, place: int) -> InvoicePosition: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[InvoicePosition, ...]: ...
    def __getitem__(self, place: int | slice) -> InvoicePosition | tuple[InvoicePosition, ...]:
        """Return the position at a place, or those at several."""
        if isinstance(place, slice):
            return tuple(InvoicePosition(each, as_of=self.as_of) for each in self.books[place])
        return InvoicePosition(self.books[place], as_of=self.as_of)

    def numbered(self, number: str) -> InvoicePosition:
        """Return the position of the invoice of a number.

        Raises:
            UnknownInvoiceError: none has it.
            BlankTextError, WrongTypeError: the number is no text.
        """
        return InvoicePosition(self.books.numbered(number), as_of=self.as_of)


def books_of(invoices: Iterable[Invoice]) -> Books:
    """Return *invoices* as books, which they may be already.

    Raises:
        DuplicateNumberError: two invoices have one number.
        WrongTypeError: no collection, or an item is no invoice.
    """
    return invoices if type(invoices) is Books else Books(invoices)


def kept_beside(books: Books, as_of: date, lay_out: Callable[[Books, date], _T]) -> _T:
    """Return books as laid out on a day; what was laid out last is kept beside them."""
    try:
        kept: Any = books._laid_out  # noqa: SLF001  # a slot of this module
    except AttributeError:
        kept = None
    if kept is None or kept[:2] != (as_of, lay_out):
        kept = (as_of, lay_out, lay_out(books, as_of))
        object.__setattr__(books, "_laid_out", kept)
    found: _T = kept[2]
    return found


def nets_in(books: Books) -> Mapping[str, Sequence[tuple[int, int]]]:
    """Return the places of the bills of each milestone, with their nets of it, in minor units."""
    return books._grouped().milestones  # noqa: SLF001  # of this room


def issued_in(books: Books, number: str) -> Invoice:
    """Return the invoice of a number, unless it is a draft.

    Raises:
        UnknownInvoiceError: no issued invoice has it.
        BlankTextError, WrongTypeError: the number is no text.
    """
    require_text(number, "the number of an invoice")
    place = books.places.get(number)
    if place is None or books[place].is_draft:
        raise UnknownInvoiceError(
            "no issued invoice has this number",
            expected="the number of one of the invoices",
            got=number,
        )
    return books[place]


def record(invoices: Iterable[Invoice], number: str, *facts: InvoiceFact) -> Books:
    """Return *invoices* with *facts* recorded on the one of that number, in the same order.

    Raises:
        UnknownInvoiceError: none has the number.
        DuplicateNumberError: two invoices have one number.
        BlankTextError, WrongTypeError: the number is no text, or an item no invoice.
        ImpossibleFactError, NothingToReverseError, CurrencyMismatchError: as ``Invoice.record``.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> len(record([invoice], "2026-01", Sent(on=date(2026, 5, 1)))[0].facts)
        1

    Source: convention of this library.
    """
    return books_of(invoices).record(number, *facts)
