"""Some releases of PySide6 lose a reference to None at every call, and abort after a few thousand."""

import sys

import pytest

CALLS = 2000
IMMORTAL = sys.version_info >= (3, 12)


@pytest.mark.skipif(IMMORTAL, reason="None is immortal from Python 3.12 on")
def test_calls_into_qt_keep_the_references_to_none(qapp):
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        qapp.processEvents()
    assert abs(sys.getrefcount(None) - before) < CALLS // 4


@pytest.mark.skipif(IMMORTAL, reason="True is immortal from Python 3.12 on")
def test_emitting_a_signal_keeps_the_references_to_true(qapp):
    from PySide6.QtCore import QObject, Signal

    class Source(QObject):
        told = Signal(bool)

    source = Source()
    source.told.connect(lambda value: None)
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        source.told.emit(True)
    assert abs(sys.getrefcount(True) - before) < CALLS // 4
