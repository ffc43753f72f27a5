"""The fixture that guards all other tests, tried on tests that do leave something behind."""

from pathlib import Path

LEAKS = """
import logging, subprocess, sys, threading, warnings
import pytest

stop = threading.Event()

@pytest.fixture(scope="session", autouse=True)
def end():
    yield
    stop.set()

def test_tidy(qtbot):
    from PySide6.QtWidgets import QLabel
    label = QLabel("seen")
    qtbot.addWidget(label)
    label.show()
    logging.getLogger("desktop").info("nothing odd")

def test_in_a_cycle_that_the_collector_takes(qapp):
    from PySide6.QtWidgets import QWidget
    window = QWidget()
    window.itself = window

def test_thread():
    threading.Thread(target=stop.wait, name="forgotten", daemon=True).start()

def test_process():
    pytest.process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

def test_window(qapp):
    from PySide6.QtWidgets import QWidget
    pytest.window = QWidget()
    pytest.window.setWindowTitle("forgotten")

def test_log():
    logging.getLogger("desktop.store").warning("odd: %s", 7)

def test_expected_log(caplog):
    logging.getLogger("desktop.store").warning("as expected")
    assert "as expected" in caplog.text

def test_reference_kept_by_the_failure(qapp):
    from PySide6.QtWidgets import QWidget
    window = QWidget()
    assert not window
"""


def test_what_a_test_leaves_behind_fails_it(pytester):
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text("utf-8"))
    pytester.makepyfile(LEAKS)
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-W", "ignore::ResourceWarning")
    result.assert_outcomes(passed=7, failed=1, errors=4)
    told = result.stdout.str()
    assert "left behind: thread forgotten" in told
    assert "left behind: process" in told and "time.sleep(60)" in told
    assert "left behind: window QWidget 'forgotten'" in told
    assert "logged: desktop.store: odd: 7" in told
    assert "ERROR at teardown of test_reference_kept_by_the_failure" not in told
