"""The orders that an answer can have, in words."""

from desktop.core.searching import SearchSort

ORDERS: dict[SearchSort, str] = {
    SearchSort.RELEVANCE: "Best first",
    SearchSort.NEWEST: "Newest first",
    SearchSort.OLDEST: "Oldest first",
    SearchSort.LAST_ADDED: "Last imported first",
    SearchSort.FIRST_ADDED: "First imported first",
}


def order_words(sort: SearchSort) -> str:
    """Within a sentence: ``newest first``."""
    return ORDERS[sort].lower()


def read_order(value: str) -> SearchSort:
    """As it was kept; the usual one where it is none."""
    return SearchSort(value) if value in SearchSort.__members__.values() else SearchSort.RELEVANCE
