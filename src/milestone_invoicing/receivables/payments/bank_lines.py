"""What the text of a bank line says about invoices and clients; it knows no amounts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
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


def _without_zeros(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lstrip("0") or "0" for word in words)


class Phrases(NamedTuple):
    """Phrases, laid out so that those that a text has are looked up, and not searched for.

    Attributes:
        joined: those that have the same words, all run together.
        parted: those that have the same words, without the zeros that lead a number.
        lengths: of what is run together.
        counts: of words.
    """

    joined: Mapping[str, Sequence[str]]
    parted: Mapping[tuple[str, ...], Sequence[str]]
    lengths: Collection[int]
    counts: Collection[int]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """Lay out phrases; one without letters and digits is in no text."""
        joined: dict[str, list[str]] = {}
        parted: dict[tuple[str, ...], list[str]] = {}
        for phrase in dict.fromkeys(phrases):
            words = words_of(phrase)
            if words:
                joined.setdefault("".join(words), []).append(phrase)
                parted.setdefault(_without_zeros(words), []).append(phrase)
        return cls(joined, parted, frozenset(map(len, joined)), frozenset(map(len, parted)))

    def spans_in(self, words: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        """Return where words have which phrases, as the first word and the one behind the last.

        They may be run together or parted otherwise; parted alike, zeros that lead a number say
        nothing.

        Example:
            >>> text = words_of("inv 2026/1, INV2026001, inv-20260 01")
            >>> Phrases.of(["INV-2026-001", "INV-2027"]).spans_in(text)
            {'INV-2026-001': [(0, 3), (3, 5), (5, 8)]}
        """
        text, bare = "".join(words), _without_zeros(words)
        begins = {start: at for at, start in enumerate(accumulate(map(len, words), initial=0))}
        found: dict[str, dict[int, int]] = {}
        for start, first in begins.items():
            for end in (start + length for length in self.lengths):
                if end in begins:
                    for phrase in self.joined.get(text[start:end], ()):
                        found.setdefault(phrase, {})[first] = begins[end]
        for first in range(len(bare)):
            for last in (first + count for count in self.counts):
                for phrase in self.parted.get(bare[first:last], ()):
                    found.setdefault(phrase, {})[first] = min(last, len(bare))
        return {phrase: sorted(spans.items()) for phrase, spans in found.items()}


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
        numbers: of the invoices that it names, but not where one is a part of a longer one.
        phrases: the references, and the words of names, that it has.
        own: of each name, the words that are in the names of no other clients.
    """

    numbers: frozenset[str]
    phrases: Collection[str]
    own: Mapping[str, frozenset[str]]

    def of_invoices(self, invoices: Sequence[Invoice]) -> tuple[int, tuple[Reason, ...]]:
        """Return the points for what the text says about invoices, each its part, and why."""
        points = 0
        reasons: list[Reason] = []
        for invoice in invoices:
            number = invoice.number or ""
            if number in self.numbers:
                points += _NUMBER if _is_long(number) else _SHORT_NUMBER
                reasons.append(Reason(f"{number} in the text"))
            found = next((each for each in references_of(invoice) if each in self.phrases), None)
            if found is not None:
                points += _REFERENCE
                reasons.append(Reason(f"{found} in the text"))
        return points // len(invoices), tuple(dict.fromkeys(reasons))

    def of_client(self, party: Party) -> tuple[int, tuple[Reason, ...]]:
        """Return the points for the words of a name, and why."""
        own = self.own[party.name]
        there = sum(word in self.phrases for word in own)
        if not there:
            return 0, ()
        return _NAME * there // len(own), (Reason(f"{there} of {len(own)} words of {party.name}"),)


class Named(NamedTuple):
    """What a text may name: numbers of invoices, their references, and words of clients' names.

    Attributes:
        numbers: of all invoices.
        phrases: these numbers, the references, and the words.
        own: of each name, the words that are in the names of no other clients.
    """

    numbers: frozenset[str]
    phrases: Phrases
    own: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, invoices: Sequence[Invoice]) -> "Named":
        """Return what a text may name of invoices, of whatever clients."""
        names = {name: _name(name) for name in {each.buyer.name for each in invoices}}
        clients = {each.buyer.key: each.buyer.name for each in invoices}
        uses = Counter(word for name in clients.values() for word in names[name])
        shared = {word for word, count in uses.items() if count > 1}
        own = {name: words - shared for name, words in names.items()}
        numbers = frozenset(each.number for each in invoices if each.number is not None)
        references = {text for each in invoices for text in references_of(each)}
        words = {word for of_name in own.values() for word in of_name}
        return cls(numbers, Phrases.of([*numbers, *references, *words]), own)

    def in_text(self, text: str) -> Bearings:
        """Return what a text says."""
        spans = self.phrases.spans_in(words_of(text))
        named = {phrase: found for phrase, found in spans.items() if phrase in self.numbers}
        whole = _not_within({span for found in named.values() for span in found})
        numbers = (number for number, found in named.items() if not whole.isdisjoint(found))
        return Bearings(frozenset(numbers), spans.keys(), self.own)


def _name(name: str) -> frozenset[str]:
    """Return the words of a name; here a letter and a digit may stand in one, as in 3M."""
    return frozenset(word for word in _WORDS.findall(_plain(name)) if len(word) > 1)


def _is_long(reference: str) -> bool:
    return len("".join(words_of(reference))) >= _LONG


def references_of(invoice: Invoice) -> tuple[str, ...]:
    """Return what else a text may name an invoice by, as far as it is there by no chance."""
    party = invoice.buyer
    own = (invoice.purchase_order, invoice.buyer_reference, invoice.contract)
    found = (*own, party.tax_id, party.legal_id, party.bank_account)
    return tuple(each for each in found if each and _is_long(each))
