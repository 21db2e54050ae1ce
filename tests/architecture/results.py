"""Prints what the library computes; the same text is expected in every environment."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import milestone_invoicing as mi
from tests.architecture.samples import samples

EUR = "EUR"


def main() -> None:
    """Print samples, and figures that need more than four digits."""
    for value in samples():
        print(repr(value))
    amount = mi.Money.of("184333.37", EUR)
    for remainder in mi.Remainder:
        print(remainder.name, *mi.allocate(amount, ("20", "30", "30", "20"), remainder=remainder))
        print(remainder.name, *mi.split_evenly(-amount, 7, remainder=remainder))
    for rounding in mi.Rounding:
        print(rounding.name, amount.times(mi.Percent("33.335"), rounding=rounding))


if __name__ == "__main__":
    main()
