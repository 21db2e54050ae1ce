"""What the text of a bank line says about invoices and clients; it knows no amounts."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
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


def spans_of(wanted: Sequence[str], words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a text has the words wanted, as the first word and the one behind the last.

    They may be run together or parted otherwise; parted alike, zeros that lead a number say
    nothing.

    Example:
        >>> text = words_of("inv 2026/1, INV2026001, inv-20260 01")
        >>> spans_of(words_of("INV-2026-001"), text)
        [(0, 3), (3, 5), (5, 8)]
    """
    whole, alike, count = "".join(wanted), _without_zeros(wanted), len(wanted)
    found: list[tuple[int, int]] = []
    for first in range(len(words)):
        if _without_zeros(words[first : first + count]) == alike:
            found.append((first, first + count))
            continue
        read = ""
        for last in range(first, len(words)):
            read += words[last]
            if len(read) >= len(whole):
                found += [(first, last + 1)] if read == whole else []
                break
    return found


def _without_zeros(words: Sequence[str]) -> list[str]:
    return [word.lstrip("0") or "0" for word in words]


def named_in(numbers: Iterable[str], words: Sequence[str]) -> frozenset[str]:
    """Return those of *numbers* that a text has, but not where it is a part of a longer one.

    Example:
        >>> sorted(named_in(["26-1", "26-1-A"], words_of("pays 26-1-A")))
        ['26-1-A']
    """
    wanted = {number: words_of(number) for number in numbers}
    spans = {number: spans_of(runs, words) for number, runs in wanted.items() if runs}
    everywhere = {span for found in spans.values() for span in found}
    return frozenset(
        number
        for number, found in spans.items()
        if any(not any(_is_part(span, other) for other in everywhere) for span in found)
    )


def _is_part(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


class Bearings(NamedTuple):
    """What a bank line says about invoices.

    Attributes:
        words: of the text.
        numbers: of the invoices that it names.
        shared: the words in the names of several clients.
    """

    words: tuple[str, ...]
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
        there = sum(bool(spans_of(words_of(word), self.words)) for word in own)
        if not there:
            return 0, ()
        return _NAME * there // len(own), (Reason(f"{there} of {len(own)} words of {party.name}"),)

    def _has(self, reference: str) -> bool:
        return _is_long(reference) and bool(spans_of(words_of(reference), self.words))


def read_line(text: str, invoices: Sequence[Invoice]) -> Bearings:
    """Return what a text says about invoices, of whatever clients."""
    words = words_of(text)
    clients = {invoice.buyer.key: _name(invoice.buyer) for invoice in invoices}
    uses = Counter(word for name in clients.values() for word in name)
    shared = frozenset(word for word, count in uses.items() if count > 1)
    return Bearings(words, named_in((each.number or "" for each in invoices), words), shared)


def _name(party: Party) -> frozenset[str]:
    """Return the words of a name; here a letter and a digit may stand in one, as in 3M."""
    return frozenset(word for word in _WORDS.findall(_plain(party.name)) if len(word) > 1)


def _is_long(reference: str) -> bool:
    return len("".join(words_of(reference))) >= _LONG


def _references(invoice: Invoice) -> tuple[str, ...]:
    party = invoice.buyer
    own = (invoice.purchase_order, invoice.buyer_reference, invoice.contract)
    return (*own, party.tax_id, party.legal_id, party.bank_account)
