"""The audit hook that watches the property tests sees what it must and spares what it may."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.architecture.audit import is_packaged, watch


def test_the_hook_sees_a_file_that_is_opened(tmp_path: Path):
    with watch() as seen:
        (tmp_path / "figures.txt").write_text("1", encoding="utf-8")
    assert [event.partition(" ")[0] for event in seen] == ["open"]


def test_the_hook_sees_a_socket():
    with watch() as seen:
        socket.socket().close()
    assert any(event.startswith("socket.") for event in seen)


def test_the_hook_sees_a_subprocess():
    with watch() as seen:
        subprocess.run([sys.executable, "-c", ""], check=True)
    assert any(event.startswith("subprocess.Popen") for event in seen)


def test_the_hook_sees_a_changed_environment_and_a_nap():
    with watch() as seen:
        os.environ["MILESTONE_INVOICING_AUDIT"] = "1"
        del os.environ["MILESTONE_INVOICING_AUDIT"]
        time.sleep(0)
    assert {"os.putenv", "os.unsetenv"} <= {event.partition(" ")[0] for event in seen}


def test_the_hook_hears_nothing_outside_its_block(tmp_path: Path):
    with watch() as seen:
        pass
    (tmp_path / "figures.txt").write_text("1", encoding="utf-8")
    assert seen == []


def test_packaged_data_and_code_may_be_read():
    assert is_packaged("/env/lib/babel/locale-data/nl.dat")
    assert is_packaged("/env/lib/babel/global.dat")
    assert is_packaged(b"/env/lib/module.pyc")
    assert is_packaged(3)
    assert not is_packaged("/home/me/rates.csv")
    assert not is_packaged(None)
