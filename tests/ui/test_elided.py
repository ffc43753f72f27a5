"""Words that give way."""

from desktop.ui.elided import ElidedLabel


def test_long_words_take_no_room_from_others_and_stay_readable(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(120, 16)
    label.setText("any form of “бюджет” " * 40)
    assert label.minimumSizeHint().width() == 0
    assert label.toolTip() == label.text()


def test_words_that_fit_have_no_tooltip(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(400, 16)
    label.setText("any form of “дрон”")
    assert not label.toolTip()
    label.resize(10, 16)
    label.show()
    assert label.toolTip()
