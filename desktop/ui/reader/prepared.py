"""An article made ready to be shown, away from the window: a book takes a good part of a second."""

from dataclasses import dataclass

from desktop.core.document import Document
from desktop.core.records import Article
from desktop.ui.reader.head import head_of
from desktop.ui.reader.plan import Element, Leaf, leaves, make_plan
from desktop.ui.reader.positions import PositionMap


@dataclass(frozen=True)
class Prepared:
    """What the page shows, and where everything of it will stand.

    Attributes:
        text: The canonical text.
        leaves: Those of the plan, in the order of the page.
    """

    text: str
    plan: list[Element]
    leaves: list[Leaf]
    map: PositionMap

    @classmethod
    def of(cls, text: str, plan: list[Element]) -> "Prepared":
        found = list(leaves(plan))
        return cls(text, plan, found, PositionMap(text, found))


def prepare(article: Article, document: Document) -> Prepared:
    """Touches no widget, so that it may run in any thread."""
    return Prepared.of(document.text, make_plan(document, head_of(article, document)))
