"""The two ways in which an article is shown: its text, or its pages."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from desktop.ui.pages.view import PagesView
    from desktop.ui.reader.page import Page

Sheet: TypeAlias = "Page | PagesView"
