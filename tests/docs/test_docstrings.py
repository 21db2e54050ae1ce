"""Every example in a docstring runs and prints what it says.

An example may use the names of its module, and what a reader has at hand: the vocabulary of the
library, ``date``, ``Decimal`` and ``Fraction``.
"""

import doctest
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import pytest

import milestone_invoicing
from tests.architecture.house import modules

AT_HAND = {"date": date, "Decimal": Decimal, "Fraction": Fraction} | {
    name: getattr(milestone_invoicing, name) for name in milestone_invoicing.__all__
}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_the_examples_of_a_module_hold(module: ModuleType, capsys: pytest.CaptureFixture[str]):
    failed, _ = doctest.testmod(module, globs=AT_HAND | vars(module))
    assert failed == 0, capsys.readouterr().out
