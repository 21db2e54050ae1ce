#!/usr/bin/env bash
# holidays 0.109 answers "no holiday" to every day of a year that it does not know: one that it was not built
# with under expand=False, one after its end_year (2100), one before its start_year (2026 for the exchange of
# Buenos Aires). An object that was not asked yet lists no days at all.
#
# The surprise: New Year's Day is a business day then, and nothing says that the data have ended. A due date
# that rolls by it is right until the turn of the year.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
pip() { "$work/venv/bin/python" -m pip --disable-pip-version-check "$@"; }

pip install --quiet holidays==0.109 python-dateutil==2.9.0.post0
"$work/venv/bin/python" - > "$work/seen" <<'PY'
from datetime import date

import holidays

fixed = holidays.Netherlands(years=2026, expand=False)
print("Netherlands, expand=False |", *(date(year, 1, 1) in fixed for year in (2026, 2027)))
print("Netherlands, 2100 and 2101 |", *(date(year, 1, 1) in holidays.Netherlands() for year in (2100, 2101)))
exchange = holidays.financial_holidays("XBUE")
print("Buenos Aires, 2025 and 2026 |", *(date(year, 1, 1) in exchange for year in (2025, 2026)))
print("Netherlands, listed before it is asked |", len(list(holidays.Netherlands())))
PY
cat "$work/seen"
diff - "$work/seen" <<'SEEN'
Netherlands, expand=False | True False
Netherlands, 2100 and 2101 | True False
Buenos Aires, 2025 and 2026 | False True
Netherlands, listed before it is asked | 0
SEEN
