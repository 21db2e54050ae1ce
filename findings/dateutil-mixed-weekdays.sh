#!/usr/bin/env bash
# python-dateutil 4.0.0 and 2.9.0.post0 give no day for BYDAY=TU,3SA, of which RFC 5545 (section 3.3.10) gives
# all Tuesdays and the third Saturday of each month: weekdays with a number and others have to hold at once.
# BYWEEKNO=20 alone gives seven days, where the RFC gives one, on the weekday of the start.
#
# The surprise: a billing day that never comes bills nothing, and nobody is told.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/run.py" <<'PY'
from datetime import datetime

from dateutil.rrule import rrulestr


def days(rule):
    return [f"{day:%m-%d}" for day in rrulestr(rule, dtstart=datetime(2026, 1, 1))]


until = ";UNTIL=20260630"
print("TU,3SA |", *days("FREQ=MONTHLY;BYDAY=TU,3SA" + until))
print("1TU,2TU,3TU,4TU,5TU,3SA |", *days("FREQ=MONTHLY;COUNT=6;BYDAY=1TU,2TU,3TU,4TU,5TU,3SA"))
print("week 20 |", *days("FREQ=YEARLY;BYWEEKNO=20" + until))
PY
for release in 4.0.0 2.9.0.post0; do
    "${PYTHON:-python3}" -m venv "$work/$release"
    "$work/$release/bin/python" -m pip --disable-pip-version-check install --quiet "python-dateutil==$release"
    "$work/$release/bin/python" "$work/run.py" > "$work/seen"
    echo "python-dateutil $release"
    cat "$work/seen"
    diff - "$work/seen" <<'SEEN'
TU,3SA |
1TU,2TU,3TU,4TU,5TU,3SA | 01-06 01-13 01-17 01-20 01-27 02-03
week 20 | 05-11 05-12 05-13 05-14 05-15 05-16 05-17
SEEN
done
