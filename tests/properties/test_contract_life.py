"""Law 7, searched: a contract is reconciled whatever happens to it, on any day."""

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.architecture.audit import watch
from tests.properties.contract_life import ContractLife
from tests.properties.held_life import HeldLife

LONG_LIVES = settings(max_examples=settings.default.max_examples * 3 // 2, stateful_step_count=50)


@pytest.mark.parametrize("life", [ContractLife, HeldLife])
def test_a_contract_is_reconciled_whatever_happens_to_it(life: type[RuleBasedStateMachine]):
    with watch() as seen:
        run_state_machine_as_test(life, settings=LONG_LIVES)
    assert seen == []
