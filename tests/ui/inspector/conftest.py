"""An inspector on screen with eight marks."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.inspector.article_details import ArticleDetails
from desktop.ui.inspector.panel import Inspector
from tests.ui.inspector.material import ARTICLE, TAGS, VOCABULARY, placements

DETAILS = ArticleDetails(
    ("Переправа",), "most.html", "/статьи/most.html", "2026-03-15T11:02:33.120Z", 1, "html/1"
)


@pytest.fixture
def host(qtbot):
    """A window with another field beside the inspector, for the focus to go to."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(640, 900)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    window.elsewhere = QLineEdit(window)
    row.addWidget(window.elsewhere)
    return window


@pytest.fixture
def inspector(qtbot, host, theme):
    panel = Inspector(theme, host)
    panel.setFixedWidth(300)
    host.layout().addWidget(panel)
    panel.show_article(ARTICLE, placements(), VOCABULARY, [TAGS[1]], DETAILS)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    return panel
