"""Into which bucket so many days overdue fall; it knows no amounts and no dates."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

import attrs

from milestone_invoicing._checks import items_of, require_int, require_type
from milestone_invoicing.errors import BucketsError


def _edges(values: Iterable[int]) -> tuple[int, ...]:
    edges: list[int] = []
    for edge in items_of(values, "edges"):
        require_int(edge, "an edge of a bucket")
        edges.append(edge)
    return tuple(edges)


@attrs.frozen
class AgingBuckets:
    """The buckets of days overdue: current, then up to and with each edge, then beyond.

    Args:
        edges: days, rising; (30, 60, 90) gives current, 1-30, 31-60, 61-90 and 91+.
        edge_opens: whether an edge is the first day of the bucket after it: 1-29, 30-59, 60-89 and
            90+ with the same edges. By default it is the last day of the bucket before it.
        zero_is_late: whether due today (zero days overdue) stands in the first bucket, 0-30. By
            default it is current.

    Raises:
        BucketsError: no edges, edges that do not rise, or a first bucket without a day.
        NumberTypeError: an edge is not an int.
        WrongTypeError: the edges are no collection, or a choice is no bool.

    Example:
        >>> AgingBuckets().labels
        ('1-30', '31-60', '61-90', '91+')
        >>> AgingBuckets((30, 60), zero_is_late=True).labels
        ('0-30', '31-60', '61+')

    Source: the usual columns of an aged receivables report.
    """

    edges: tuple[int, ...] = attrs.field(default=(30, 60, 90), converter=_edges)
    edge_opens: bool = attrs.field(default=False, kw_only=True)
    zero_is_late: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the edges rise, and that each bucket has a day."""
        require_type(self.edge_opens, bool, "edge_opens")
        require_type(self.zero_is_late, bool, "zero_is_late")
        least = self._first_day + self.edge_opens
        if not self.edges or any(a >= b for a, b in pairwise((least - 1, *self.edges))):
            raise BucketsError(
                "bucket edges do not rise",
                expected=f"days such as (30, 60, 90), the first {least} or more",
                got=self.edges,
            )

    @property
    def _first_day(self) -> int:
        """The first day overdue that is not current."""
        return 0 if self.zero_is_late else 1

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the overdue buckets, in days."""
        shift = 0 if self.edge_opens else 1
        starts = (self._first_day, *(edge + shift for edge in self.edges))
        closed = [f"{first}-{after - 1}" for first, after in pairwise(starts)]
        return (*closed, f"{starts[-1]}+")

    def column(self, days_overdue: int) -> int:
        """Return 0 for current, 1 for the first bucket, and so on.

        Raises:
            NumberTypeError: *days_overdue* is not an int.

        Example:
            >>> [AgingBuckets().column(days) for days in (0, 1, 30, 31, 91)]
            [0, 1, 1, 2, 4]
        """
        require_int(days_overdue, "days overdue")
        if days_overdue < self._first_day:
            return 0
        place = bisect_right if self.edge_opens else bisect_left
        return 1 + place(self.edges, days_overdue)

    def __str__(self) -> str:
        """Return the names of all buckets: ``current, 1-30, 31-60, 61-90, 91+``."""
        return ", ".join(("current", *self.labels))


def buckets_or_usual(buckets: AgingBuckets | None) -> AgingBuckets:
    """Return *buckets*, or the usual ones for None.

    Raises:
        WrongTypeError: neither.
    """
    hint = "write AgingBuckets((30, 60, 90))"
    require_type(buckets, (AgingBuckets, type(None)), "buckets", hint=hint)
    return buckets or AgingBuckets()
