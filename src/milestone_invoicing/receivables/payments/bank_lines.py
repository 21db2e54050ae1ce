"""What the text of a bank line says about invoices and clients; it knows no amounts."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from milestone_invoicing.billing import Invoice, Party
from milestone_invoicing.facts import Reason

_NUMBER: Final = 50
_SHORT_NUMBER: Final = 20
_NAME: Final = 20
_REFERENCE: Final = 15
_LONG: Final = 4  # fewer letters and digits are in a text by chance
_RUNS: Final = re.compile(r"[^\W\d_]+|\d+")
_WORDS: Final = re.compile(r"[^\W_]+")


def words_of(text: str) -> tuple[str, ...]:
    """Return the runs of letters and of digits in a text.

    Case, accents, spaces and punctuation say nothing.

    Example:
        >>> words_of("INV-2026/007 Müller")
        ('inv', '2026', '007', 'muller')
    """
    return tuple(_RUNS.findall(_plain(text)))


def _plain(text: str) -> str:
    kept = (each for each in normalize("NFKD", text) if not combining(each))
    return "".join(kept).casefold()


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
    """Return those of *numbers* that a text has, but not where it is a part of a longer one.

    Example:
        >>> sorted(named_in(["26-1", "26-1-A"], words_of("pays 26-1-A")))
        ['26-1-A']
    """
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
                points += _NUMBER if _is_long(number) else _SHORT_NUMBER
                reasons.append(Reason(f"{number} in the text"))
            found = next(filter(self._has, _references(invoice)), None)
            if found is not None:
                points += _REFERENCE
                reasons.append(Reason(f"{found} in the text"))
        return points // len(invoices), tuple(dict.fromkeys(reasons))

    def of_client(self, party: Party) -> tuple[int, tuple[Reason, ...]]:
        """Return the points for the words of a name, and why."""
        own = _name(party) - self.shared
        there = sum(bool(self.text.spans_of(words_of(word))) for word in own)
        if not there:
            return 0, ()
        return _NAME * there // len(own), (Reason(f"{there} of {len(own)} words of {party.name}"),)

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
    return frozenset(word for word in _WORDS.findall(_plain(party.name)) if len(word) > 1)


def _is_long(reference: str) -> bool:
    return len("".join(words_of(reference))) >= _LONG


def _references(invoice: Invoice) -> tuple[str, ...]:
    party = invoice.buyer
    own = (invoice.purchase_order, invoice.buyer_reference, invoice.contract)
    return (*own, party.tax_id, party.legal_id, party.bank_account)
