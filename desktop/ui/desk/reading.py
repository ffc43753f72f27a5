"""The open article: its text, its marks, and what a person does to them."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop.core.document import Document
from desktop.core.errors import PressmarkError
from desktop.core.ids import new_id
from desktop.core.placing import Placement, place_all
from desktop.core.records import Article, Changes, ReadState, Vocabulary
from desktop.operations import claims, library, marking, tagging
from desktop.store import annotations, articles
from desktop.store.history import actor
from desktop.ui.desk.choices import creation, tag_entries
from desktop.ui.desk.opened import Facts, Names, Opened, read_facts, read_names, read_opened
from desktop.ui.desk.pages import PagesDesk
from desktop.ui.desk.tools import Tools
from desktop.ui.inspector.panel import Inspector
from desktop.ui.reader.view import ReaderView
from desktop.ui.reader.words import trimmed

Range = tuple[int, int]
_DWELL = 1500  # milliseconds on an unread article before it counts as being read
_PATIENCE = 0.06  # seconds that an article is waited for: less than anybody notices
_MARKED = {
    "highlight": "Highlighted",
    "quote": "Marked as quote",
    "claim": "Marked as claim",
    "note": "Note added",
}
_FIELDS = {"quote": "speaker", "claim": "claim", "note": "note"}  # what is asked for after marking


class ReadingDesk(QObject):
    """Reader and inspector on one article.

    Signals:
        state_changed: The article, the selection or the focused mark is another one.
        inspector_wanted: A field of the inspector is to be filled in.
        opened: The article with this id is in the reader now.
    """

    state_changed = Signal()
    inspector_wanted = Signal()
    opened = Signal(str)

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools, self._session = tools, tools.session
        self.reader = ReaderView(tools.theme)
        self.inspector = Inspector(tools.theme, me=actor())
        self.pages = PagesDesk(tools, self.reader, self)
        self._article: Article | None = None
        self._document: Document | None = None
        self._capture = ""
        self._placements: list[Placement] = []  # on that capture
        self._vocabulary: Vocabulary | None = None
        self._positions: dict[str, int] = {}
        self._hits: dict[str, Sequence[Range]] = {}
        self._coming: str | None = None  # the mark just made, until the archive has answered
        self._opening: str | None = None  # an article that is still being read
        self._then: Callable[[], None] | None = None  # where to go in it
        self._from_text = False  # editing was begun in the text, where it returns to
        self._dwell = QTimer(self, singleShot=True, interval=_DWELL)
        self._dwell.timeout.connect(self._begin_reading)
        self.reader.set_empty_text("Choose an article in the list.")
        self._connect()

    # What the window asks

    @property
    def article_id(self) -> str | None:
        return self._article.id if self._article else None

    @property
    def has_selection(self) -> bool:
        return self._article is not None and bool(self.reader.selection())

    @property
    def focused_mark(self) -> str | None:
        """Its id; a mark that is only being written counts, so that quick fingers tag what they marked."""
        return self._coming or self.reader.focused_annotation() if self._article else None

    def show(self, article_id: str) -> None:
        """Open an article where it was left; an empty id shows nothing."""
        if article_id == (self._opening or self.article_id or ""):
            return
        self._leave()
        self._then = None
        if not article_id or not self._session.is_open:
            self._clear()
            return
        self._load(article_id)

    def go_to(self, start: int, end: int) -> None:
        """Bring a range of the article into view, once it is open."""
        self._once_open(partial(self.reader.go_to, start, end))

    def go_to_mark(self, annotation_id: str) -> None:
        def go() -> None:
            self.reader.focus_annotation(annotation_id)
            self.inspector.choose(annotation_id)

        self._once_open(go)

    def _once_open(self, go: Callable[[], None]) -> None:
        if self._opening is None:
            go()
        else:
            self._then = go

    def set_hits(self, hits: dict[str, Sequence[Range]]) -> None:
        """The hits of the present search by article id."""
        self._hits = hits
        if self._article is not None:
            self.reader.set_hits(hits.get(self._article.id, ()))
            self.state_changed.emit()

    def expect_hits(self, article_id: str, ranges: Sequence[Range]) -> None:
        """What is known of an article's hits until all of them are."""
        if article_id not in self._hits:
            self.add_hits(article_id, ranges)

    def add_hits(self, article_id: str, ranges: Sequence[Range]) -> None:
        """All hits of one article are known now."""
        self.set_hits(self._hits | {article_id: ranges})

    @property
    def has_hits(self) -> bool:
        return bool(self._article and self._hits.get(self._article.id))

    def forget(self) -> None:
        """Another archive, or none."""
        self._positions, self._hits, self._vocabulary = {}, {}, None
        self._clear()
        self.pages.forget()

    def finish_editing(self) -> None:
        """Save what is being typed in the inspector."""
        self.inspector.finish_editing()

    def mark(self, kind: str) -> None:
        """Mark the selected words."""
        ranges = self._selected()
        if not ranges:
            self._tools.messages.tell("Select some words first.")
            return
        self.reader.drop_selection()
        self._mark(kind, ranges)

    def tag(self, chosen: Sequence[str]) -> None:
        """Tag the selected words, else the focused mark, else the chosen articles: with what is asked."""
        title, tag = self._taggable(chosen)
        if tag is not None:
            self._choose_tag(title, tag)

    def tag_with(self, path: str, chosen: Sequence[str]) -> None:
        """As ``tag``, with this one."""
        _, tag = self._taggable(chosen)
        if tag is not None:
            tag(path)

    def _taggable(self, chosen: Sequence[str]) -> tuple[str, Callable[[str], None] | None]:
        """What a tag would go to, in words, and how to give it one; None where there is nothing."""
        mark = self.focused_mark
        if ranges := self._selected():
            return "Tag these words", partial(self._mark_tagged, ranges)
        if mark:
            return "Tag this mark", partial(self._tag_mark, mark)
        if ids := list(chosen) or ([self.article_id] if self.article_id else []):
            words = "Tag the articles" if len(ids) > 1 else "Tag the article"
            return words, partial(self._tag_articles, ids)
        return "", None

    def _selected(self) -> list[Range]:
        """The selected words, without white space around them."""
        return trimmed(self.reader.text, self.reader.selection()) if self._article else []

    # Loading

    def _load(self, article_id: str) -> None:
        """Mostly it is there at once; on a cold disk it follows, and the newest wins."""
        self._opening = article_id
        self._read(article_id, _PATIENCE)
        if self._opening is not None:
            self._clear(opening=article_id)

    def _read(self, article_id: str, patience: float = 0) -> None:
        look = partial(read_opened, article_id=article_id, with_names=self._vocabulary is None)
        self._session.glance(
            look, self._show_opened, slot="article", on_failed=self._cannot_open, patience=patience
        )

    def _show_opened(self, opened: Opened) -> None:
        if opened.article.id != self._opening:
            return
        self._opening = None
        if opened.names is not None:
            self._take_names(opened.names)
        if opened.document is None or opened.facts is None:
            self._clear()
            self._tools.messages.tell("This article has no text yet.")
            return
        article = opened.article
        self._article, self._document, self._capture = article, opened.document, opened.capture
        self.reader.show_document(article, opened.document, opened.pictures, opened.prepared)
        self._show_facts(opened.facts)
        self.reader.set_hits(self._hits.get(article.id, ()))
        if left_at := self._positions.get(article.id):
            self.reader.restore_position(left_at)
        self.pages.open(article.id, opened.capture, paged=opened.paged, words=bool(opened.document.text))
        if article.read_state is ReadState.UNREAD and self._session.writable:
            self._dwell.start()
        self.state_changed.emit()
        then, self._then = self._then, None
        if then is not None:
            then()
        self.opened.emit(article.id)

    def _cannot_open(self, error: Exception) -> None:
        self._clear()
        self._tools.messages.fail(error)

    def _refresh(self) -> None:
        """Marks and facts anew; the place in the text stays."""
        if self._article is not None and self._document is not None:
            archive, known = self._session.archive, self._placements
            self._show_facts(read_facts(archive, self._article, self._capture, self._document, known))

    def _show_facts(self, facts: Facts) -> None:
        assert self._article is not None
        names = self._names()
        self.reader.set_vocabulary(names)
        self._placements = facts.placements
        self.reader.set_placements(facts.placements)
        if any(one.annotation.id == self._coming for one in facts.placements):
            self._coming = None
        self.inspector.set_writable(self._session.writable)
        self.inspector.show_article(self._article, facts.placements, names, facts.tags, facts.details)
        self.state_changed.emit()

    def _names(self) -> Vocabulary:
        if self._vocabulary is None:
            self._take_names(read_names(self._session.archive))
        assert self._vocabulary is not None
        return self._vocabulary

    def _take_names(self, names: Names) -> None:
        self._vocabulary = names.vocabulary
        self.inspector.set_tag_counts(names.tag_counts)

    def _leave(self) -> None:
        self._dwell.stop()
        self._coming = None
        if self._article is not None:
            self.inspector.finish_editing()
            self._positions[self._article.id] = self.reader.position()
            self.pages.leave()

    def _clear(self, *, opening: str | None = None) -> None:
        """Show nothing, or that an article is on its way."""
        self._dwell.stop()
        self._coming, self._opening = None, opening
        if opening is None:
            self._then = None
        self.reader.set_empty_text("Opening the article…" if opening else "Choose an article in the list.")
        self._article = self._document = None
        self._placements = []
        self.pages.leave()
        self.reader.clear()
        self.inspector.clear()
        self.state_changed.emit()

    def _changed(self, changes: Changes) -> None:
        if changes.tags or changes.people or changes.claims:
            self._vocabulary = None
        if self._opening is not None:
            self._read(self._opening)  # what is under way may be of the moment before
        if self._article is None:
            return
        names = bool(changes.tags or changes.people or changes.claims or changes.collections)
        if names or self._article.id in changes.articles:
            self._reread()

    def _expect_none(self, _: object) -> None:
        self._coming = None

    def _stirred(self) -> None:
        self._vocabulary = None
        if self._opening is not None:
            self._read(self._opening)
        if self._article is not None:
            self._reread()

    def _reread(self) -> None:
        """The record may have changed, or may have gone."""
        assert self._article is not None
        try:
            article = articles.article(self._session.archive, self._article.id)
        except PressmarkError:
            self._clear()
            return
        if article.current_capture != self._capture and article.current_capture is not None:
            self._positions.pop(article.id, None)  # was of another text
            self._opening = article.id
            self._read(article.id, _PATIENCE)
            return
        self._article = article
        self._refresh()

    # Doing

    def _connect(self) -> None:
        reader, inspector = self.reader, self.inspector
        self._session.changed.connect(self._changed)
        self._session.stirred.connect(self._stirred)
        self._session.failed.connect(self._expect_none)
        self.pages.changed.connect(self.state_changed)
        reader.mark_requested.connect(self._mark)
        reader.tag_requested.connect(self._tag_words)
        reader.annotation_chosen.connect(self._chosen_in_reader)
        reader.annotation_edit_requested.connect(self._edit)
        reader.annotation_removal_requested.connect(lambda one: self._remove([one]))
        reader.ranges_change_requested.connect(self._move)
        reader.link_activated.connect(self._offer_link)
        reader.selection_changed.connect(self.state_changed)
        inspector.annotation_chosen.connect(self._chosen_in_inspector)
        inspector.edit_requested.connect(lambda one, fields: self._tools.run(marking.edit, one, **fields))
        inspector.tags_change_requested.connect(self._change_mark_tags)
        inspector.claim_edit_requested.connect(
            lambda one, fields: self._tools.run(claims.edit_claim, one, **fields)
        )
        inspector.removal_requested.connect(self._remove)
        inspector.editing_ended.connect(self._back_to_text)
        inspector.anchor_confirm_requested.connect(self._confirm)
        inspector.anchor_move_requested.connect(self._put_on_selection)
        inspector.article_edit_requested.connect(self._edit_article)
        inspector.article_tags_change_requested.connect(self._change_article_tags)
        actions = self._tools.actions
        for kind in _MARKED:
            actions[f"mark_{kind}"].triggered.connect(partial(self._mark_now, kind))
        actions["remove_mark"].triggered.connect(self._remove_focused)
        actions["next_mark"].triggered.connect(self.reader.next_mark)
        actions["previous_mark"].triggered.connect(self.reader.previous_mark)

    def _mark_now(self, kind: str, *_: object) -> None:
        self.mark(kind)

    def _mark(self, kind: str, ranges: Iterable[Range], path: str = "") -> None:
        if self._article is None:
            return
        annotation_id = new_id()
        fields: dict[str, Any] = {"annotation_id": annotation_id, "capture_id": self._capture}
        if path:
            fields["tags"] = [path]
        words = _MARKED[kind] if not path else f"Tagged with {path}"
        self._tools.run(marking.mark, self._article.id, kind, list(ranges), words=words, **fields)
        if not self._session.writable:
            return
        self._coming = annotation_id
        self.reader.focus_annotation(annotation_id, scroll=False)
        if kind in _FIELDS and not path:
            self._edit(annotation_id, _FIELDS[kind])
        else:
            self.inspector.choose(annotation_id)

    def _tag_words(self, _ranges: object) -> None:
        """Words become a highlight with the tag; the selection stays until a tag is chosen."""
        self.tag(())

    def _mark_tagged(self, ranges: list[Range], path: str) -> None:
        self.reader.drop_selection()
        self._mark("highlight", ranges, path)

    def _choose_tag(self, title: str, choose: Any) -> None:
        if not self._session.writable:
            self._tools.messages.tell("This archive is open read-only: nothing was changed.")
            return
        self._tools.palette.open(
            tag_entries(self._session.archive, choose),
            title,
            create=creation("Make the tag", choose, "tag"),
            hint="Type a tag; a slash nests it: оборона/дроны     Tab takes the words     ⏎ tag",
        )

    def _tag_mark(self, annotation_id: str, path: str) -> None:
        self._tools.run(tagging.tag_annotations, [annotation_id], path, words=f"Tagged with {path}")

    def _tag_articles(self, ids: list[str], path: str) -> None:
        self._tools.run(tagging.tag_articles, ids, path, words=f"Tagged with {path}")

    def _change_mark_tags(self, annotation_id: str, added: list[str], removed: list[str]) -> None:
        for path in added:
            self._tools.run(tagging.tag_annotations, [annotation_id], path)
        for tag_id in removed:
            self._tools.run(tagging.untag_annotations, [annotation_id], tag_id)

    def _change_article_tags(self, article_id: str, added: list[str], removed: list[str]) -> None:
        for path in added:
            self._tools.run(tagging.tag_articles, [article_id], path)
        for tag_id in removed:
            self._tools.run(tagging.untag_articles, [article_id], tag_id)

    def _edit_article(self, article_id: str, fields: dict[str, Any]) -> None:
        facts = {name: value for name, value in fields.items() if name != "read_state"}
        if "read_state" in fields:
            self._tools.run(library.set_read_state, [article_id], fields["read_state"])
        if facts:
            self._tools.run(library.edit_metadata, [article_id], **facts)

    def _edit(self, annotation_id: str, field: str | None = None) -> None:
        """Edit a mark from the text, with the caret left where it is."""
        self._from_text = self.reader.sheet.hasFocus()
        self.inspector_wanted.emit()
        self.inspector.edit(annotation_id, field)

    def _back_to_text(self) -> None:
        if self._from_text:
            self._from_text = False
            self.reader.setFocus()

    def _remove_focused(self) -> None:
        if mark := self.focused_mark:
            self._remove([mark])

    def _remove(self, ids: Sequence[str]) -> None:
        words = "Mark removed" if len(ids) == 1 else f"{len(ids)} marks removed"
        self._tools.run(marking.remove, list(ids), words=words)

    def _move(self, annotation_id: str, ranges: Sequence[Range]) -> None:
        self._tools.run(marking.move, annotation_id, list(ranges), capture_id=self._capture)

    def _confirm(self, annotation_id: str) -> None:
        """The place that was found is right: the mark is put there."""
        assert self._document is not None
        found = annotations.annotations(self._session.archive, [annotation_id])
        for placement in place_all(found, self._document.text, self._capture):
            if placement.ranges:
                self._put(annotation_id, placement.ranges, "The mark is confirmed here")

    def _put_on_selection(self, annotation_id: str) -> None:
        """The place that was found is wrong, or none was: the person shows the words."""
        if ranges := self._selected():
            self.reader.drop_selection()
            self._put(annotation_id, ranges, "The mark is on these words now")
        else:
            self._tools.messages.tell("Select the right words in the text first, then choose this again.")

    def _put(self, annotation_id: str, ranges: Sequence[Range], words: str) -> None:
        self._tools.run(marking.move, annotation_id, list(ranges), capture_id=self._capture, words=words)

    def _chosen_in_reader(self, annotation_id: str) -> None:
        self._coming = None
        self.inspector.choose(annotation_id)
        self.state_changed.emit()

    def _chosen_in_inspector(self, annotation_id: str) -> None:
        self._coming = None
        self.reader.focus_annotation(annotation_id)
        self.state_changed.emit()

    def _offer_link(self, href: str) -> None:
        """Pressmark opens no page by itself: the browser may, if the person says so."""
        url = QUrl(href)
        if url.scheme() in ("http", "https", "mailto"):
            self._tools.messages.tell(href, "Open in the browser", lambda: QDesktopServices.openUrl(url))
        else:
            self._tools.messages.tell(f"This link leads nowhere outside its page: {href}")

    def _begin_reading(self) -> None:
        if self._article is not None and self._article.read_state is ReadState.UNREAD:
            self._session.run(library.set_read_state, [self._article.id], ReadState.READING, aside=True)
