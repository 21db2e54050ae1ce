#!/usr/bin/env bash
# holidays 0.109 and workalendar 17.0.0 disagree in two countries of four that we looked at, for 2025-2027:
# 5 May in the Netherlands is a holiday each year for workalendar, and every fifth year for holidays; 19 June
# in the United States (Juneteenth, a federal holiday since 2021) is one for holidays only.
#
# The surprise: both are asked for the same thing, so that a due date which rolls to a business day depends
# on the package. A bill due on Tuesday 5 May 2026 falls a day apart.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
pip() { "$work/venv/bin/python" -m pip --disable-pip-version-check "$@"; }

pip install --quiet holidays==0.109 workalendar==17.0.0 python-dateutil==2.9.0.post0
"$work/venv/bin/python" - > "$work/seen" <<'PY'
import holidays
from workalendar.europe import France, Germany, Netherlands
from workalendar.usa import UnitedStates

YEARS = (2025, 2026, 2027)
for calendar in (France(), Germany(), Netherlands(), UnitedStates()):
    name = type(calendar).__name__
    one = set(getattr(holidays, name)(years=YEARS))
    other = {day for year in YEARS for day, _ in calendar.holidays(year)}
    print(name, "| holidays only:", *sorted(one - other), "| workalendar only:", *sorted(other - one))
PY
cat "$work/seen"
diff - "$work/seen" <<'SEEN'
France | holidays only: | workalendar only:
Germany | holidays only: | workalendar only:
Netherlands | holidays only: | workalendar only: 2026-05-05 2027-05-05
UnitedStates | holidays only: 2025-06-19 2026-06-19 2027-06-18 2027-06-19 | workalendar only:
SEEN
