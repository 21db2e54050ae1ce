#!/usr/bin/env bash
# python-dateutil 4.0.0 and 2.9.0.post0 take the first day of the week of a rule without WKST from
# calendar.firstweekday(), which any code of the process can set; RFC 5545 (section 3.3.10) has Monday.
#
# The surprise: a retainer billed every two weeks on Sunday is billed in the other weeks, once a module that
# prints calendars from Sunday on was imported.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/run.py" <<'PY'
import calendar
from datetime import datetime

from dateutil.rrule import rrulestr

RULE = "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=3"


def days(rule):
    return [f"{day:%Y-%m-%d}" for day in rrulestr(rule, dtstart=datetime(2026, 1, 1))]


print("without a setting |", *days(RULE))
calendar.setfirstweekday(calendar.SUNDAY)
print("after setfirstweekday(SUNDAY) |", *days(RULE))
print("the same with WKST=MO |", *days(RULE + ";WKST=MO"))
PY
for release in 4.0.0 2.9.0.post0; do
    "${PYTHON:-python3}" -m venv "$work/$release"
    "$work/$release/bin/python" -m pip --disable-pip-version-check install --quiet "python-dateutil==$release"
    "$work/$release/bin/python" "$work/run.py" > "$work/seen"
    echo "python-dateutil $release"
    cat "$work/seen"
    diff - "$work/seen" <<'SEEN'
without a setting | 2026-01-04 2026-01-18 2026-02-01
after setfirstweekday(SUNDAY) | 2026-01-11 2026-01-25 2026-02-08
the same with WKST=MO | 2026-01-04 2026-01-18 2026-02-01
SEEN
done
