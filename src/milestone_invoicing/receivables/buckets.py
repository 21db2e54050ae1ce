"""Into which bucket so many days overdue fall; it knows no amounts and no dates."""

from bisect import bisect_left
from collections.abc import Iterable

import attrs

from milestone_invoicing._checks import require_int, tuple_of
from milestone_invoicing.errors import BucketsError


def _edges(values: Iterable[int]) -> tuple[int, ...]:
    return tuple_of(values, object, "edges")


@attrs.frozen
class AgingBuckets:
    """The buckets of days overdue: current, then up to and with each edge, then beyond.

    Args:
        edges: the last day of each bucket, rising; (30, 60, 90) gives current, 1-30, 31-60,
            61-90 and 91+. Due today (zero days overdue) is current.

    Raises:
        BucketsError: no edges, or edges that do not rise from one or more.
        NumberTypeError: an edge is not an int.
        WrongTypeError: the edges are no collection.

    Example:
        >>> AgingBuckets().labels
        ('1-30', '31-60', '61-90', '91+')

    Source: the usual columns of an aged receivables report.
    """

    edges: tuple[int, ...] = attrs.field(default=(30, 60, 90), converter=_edges)

    def __attrs_post_init__(self) -> None:
        """Check that the edges rise."""
        for edge in self.edges:
            require_int(edge, "an edge of a bucket")
        if not self.edges or any(
            a >= b for a, b in zip((0, *self.edges), self.edges, strict=False)
        ):
            raise BucketsError(
                "bucket edges do not rise", expected="days such as (30, 60, 90)", got=self.edges
            )

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the overdue buckets, in days."""
        starts = (1, *(edge + 1 for edge in self.edges))
        closed = [f"{a}-{b}" for a, b in zip(starts, self.edges, strict=False)]
        return (*closed, f"{starts[-1]}+")

    def column(self, days_overdue: int) -> int:
        """Return 0 for current, 1 for the first bucket, and so on; an edge is in its bucket.

        Raises:
            NumberTypeError: *days_overdue* is not an int.

        Example:
            >>> [AgingBuckets().column(days) for days in (0, 1, 30, 31, 91)]
            [0, 1, 1, 2, 4]
        """
        require_int(days_overdue, "days overdue")
        return 0 if days_overdue <= 0 else 1 + bisect_left(self.edges, days_overdue)
