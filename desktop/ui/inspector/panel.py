"""The inspector: the marks of the open article as cards, edited in place, and the article itself."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.core.placing import Placement
from desktop.core.records import Article, Tag, Vocabulary
from desktop.core.sortkeys import name_key
from desktop.ui.inspector.article_details import ArticleDetails
from desktop.ui.inspector.cards import card_of
from desktop.ui.inspector.empty import EmptyState
from desktop.ui.inspector.fields import Edit, fields_of, find_claim
from desktop.ui.inspector.header import ARTICLE, MARKS, Header
from desktop.ui.inspector.mark_list import MarkList
from desktop.ui.inspector.menu import mark_menu
from desktop.ui.tags.completion import Counts, TagIndex
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.inspector.article_page import ArticlePage
    from desktop.ui.inspector.editor import MarkEditor


class Inspector(QWidget):
    """A view: it shows records and asks for changes; the window runs them and shows the outcome.

    Signals:
        annotation_chosen: A person went to this mark; the reader should show it.
        edit_requested: Annotation id, fields as in ``operations.marking.edit``.
        tags_change_requested: Annotation id, added paths, removed tag ids.
        claim_edit_requested: Claim id, {statement, verdict, note}.
        removal_requested: Annotation ids.
        anchor_confirm_requested: The unsure place of this annotation is right.
        anchor_move_requested: It is wrong or gone: the words that are selected in the text are right.
        article_edit_requested: Article id, metadata fields, ``note`` and ``read_state``.
        article_tags_change_requested: Article id, added paths, removed tag ids.
        person_requested: Edit the record of the person with this id.
        reread_requested: Read the article's original another way.
        editing_ended: The person has saved or given up; the keyboard is with the cards.
    """

    annotation_chosen = Signal(str)
    edit_requested = Signal(str, dict)
    tags_change_requested = Signal(str, list, list)
    claim_edit_requested = Signal(str, dict)
    removal_requested = Signal(list)
    anchor_confirm_requested = Signal(str)
    anchor_move_requested = Signal(str)
    article_edit_requested = Signal(str, dict)
    article_tags_change_requested = Signal(str, list, list)
    person_requested = Signal(str)
    reread_requested = Signal()
    editing_ended = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, me: str = "") -> None:
        """``me`` is the name that the marks of the person at the keyboard bear."""
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        self._theme, self._me = theme, me
        self._article: Article | None = None
        self._placements: dict[str, Placement] = {}
        self._vocabulary = Vocabulary()
        self._tag_counts: Counts = {}
        self._tags: TagIndex | None = None  # costs a frame or more with thousands of tags
        self._about: tuple[list[Tag], ArticleDetails] | None = None  # of the article, for its page
        self._editing: str | None = None
        self._writable = True
        self._awaited: tuple[str, bool, str | None] | None = None  # id, edit it, at this field
        self._new_claims: dict[str, tuple[str, dict[str, str]]] = {}  # annotation: statement, fields
        self._build()
        self._connect()
        self.clear()

    # -- what the window calls

    def show_article(
        self,
        article: Article,
        placements: Sequence[Placement],
        vocabulary: Vocabulary,
        article_tags: Sequence[Tag],
        details: ArticleDetails,
    ) -> None:
        """Show an article; the one that is shown already keeps its scroll, selection and typed words."""
        same = self._article is not None and self._article.id == article.id
        if not same:
            self.finish_editing()
            if self._has_article_page:
                self._article_page.save()
            self._awaited = None
            self._new_claims.clear()
            self.list.choose(None)
            self.list.cards.forget()
        self._article = article
        self.set_placements(placements, vocabulary)
        self._about = list(article_tags), details
        if self._has_article_page:
            take = self._article_page.take_news if same else self._article_page.show_article
            take(article, *self._about)
        if not same:
            self.list.scrollToTop()
        self._show_page(self._page)

    def set_placements(self, placements: Sequence[Placement], vocabulary: Vocabulary) -> None:
        """The marks changed; selection, scroll and a half-typed edit stay."""
        self._placements = {one.annotation.id: one for one in placements}
        known, self._vocabulary = self._vocabulary is vocabulary, vocabulary
        self._drop_lost_editor()
        self.list.set_cards([card_of(one, vocabulary, self._me) for one in placements])
        self._header.set_counts(self.list.marks.counts())
        if not known:
            self._tags = None
        self._tell_names()
        self._refresh_editor()
        self._show_page(self._page)
        self._settle_new_claims()
        self._settle_awaited()

    def set_tag_counts(self, counts: Counts) -> None:
        """How often each tag is used, so that completion offers the usual ones first."""
        self._tag_counts = counts
        self._tags = None
        self._tell_names()

    def set_writable(self, writable: bool) -> None:
        """Of an archive that is open read-only everything can be seen and copied, nothing asked for."""
        self._writable = writable
        self.list.cards.can_act = writable
        if self._has_article_page:
            self._article_page.set_writable(writable)
        if not writable and self._editing is not None:
            self._close_editor()
        self.list.viewport().update()

    def writable(self) -> bool:
        return self._writable

    def choose(self, annotation_id: str | None, *, scroll: bool = True) -> None:
        """Mark this card as the current one; one that is not here yet is chosen once it comes."""
        if annotation_id is not None and annotation_id not in self._placements:
            # The reader chooses a new mark too; that must not take back that it is to be edited.
            if self._awaited is None or self._awaited[0] != annotation_id:
                self._awaited = (annotation_id, False, None)
            return
        if self._editing is not None and self._editing != annotation_id:
            self.finish_editing()
        self.list.choose(annotation_id, scroll=scroll)

    def chosen(self) -> str | None:
        return self.list.current_id()

    def edit(self, annotation_id: str, field: str | None = None) -> None:
        """Edit this mark in place, at ``note``, ``tags``, ``speaker``, ``claim`` …; or once it comes."""
        placement = self._placements.get(annotation_id)
        if placement is None:
            self._awaited = (annotation_id, True, field)
            return
        if not self._writable:
            self.choose(annotation_id)
            return
        self._show_page(MARKS)
        if self._editing != annotation_id:
            self.finish_editing()
            self._editing = annotation_id
            card = card_of(placement, self._vocabulary, self._me)
            self.editor.open(
                card, fields_of(placement.annotation, self._vocabulary), placement.annotation.exact
            )
            self.list.lay_over(annotation_id, self.editor)
            self.list.choose(annotation_id)
        self.editor.focus_field(field)

    def editing(self) -> str | None:
        return self._editing

    def finish_editing(self) -> None:
        """Save what is being typed and show the card again; the window calls this before it closes."""
        if self._editing is not None:
            self.editor.save()
            self._close_editor()

    def show_article_page(self) -> None:
        self._show_page(ARTICLE)
        self._article_page.title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_marks_page(self) -> None:
        self._show_page(MARKS)
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """No article: say what to do."""
        self.finish_editing()
        if self._has_article_page:
            self._article_page.pause.stop()
        self._article, self._awaited, self._about = None, None, None
        self._placements, self._vocabulary = {}, Vocabulary()
        self._new_claims.clear()
        self.list.set_cards([])
        self._header.set_counts(self.list.marks.counts())
        self._show_page(MARKS)

    # -- building

    def _build(self) -> None:
        self._header = Header(self._theme, self)
        self.list = MarkList(self._theme, self)
        self._empty = EmptyState(self._theme, self)
        self._page = MARKS
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        self._stack = QStackedLayout()
        for page in (self._empty, self.list):
            self._stack.addWidget(page)
        self.setFocusProxy(self.list)
        column.addLayout(self._stack)

    def _connect(self) -> None:
        self._header.page_chosen.connect(self._show_page)
        self._header.filter_changed.connect(self.list.set_filter)
        self.list.card_chosen.connect(self._card_chosen)
        self.list.edit_wanted.connect(self.edit)
        self.list.removal_wanted.connect(self.removal_requested)
        self.list.confirm_wanted.connect(self.anchor_confirm_requested)
        self.list.choice_wanted.connect(self.anchor_move_requested)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)

    @cached_property
    def editor(self) -> "MarkEditor":
        """Made when a mark is edited for the first time."""
        from desktop.ui.inspector.editor import MarkEditor

        editor = MarkEditor(self._theme, self.list.viewport())
        editor.hide()
        editor.edited.connect(self._edited)
        editor.closed.connect(self._editor_closed)
        editor.resized.connect(self._editor_resized)
        editor.field_entered.connect(self.list.show_child)
        editor.set_vocabulary(self._vocabulary, self._tag_index(), self._cues())
        return editor

    @cached_property
    def _article_page(self) -> "ArticlePage":
        """Made when it is looked at for the first time."""
        from desktop.ui.inspector.article_page import ArticlePage

        page = ArticlePage(self._theme, self)
        page.edit_wanted.connect(self._article_edited)
        page.tags_wanted.connect(self._article_tags_edited)
        page.reread_wanted.connect(self.reread_requested)
        page.set_writable(self._writable)
        page.set_tag_index(self._tag_index())
        if self._article is not None and self._about is not None:
            page.show_article(self._article, *self._about)
        self._stack.addWidget(page)
        return page

    @property
    def _has_article_page(self) -> bool:
        return "_article_page" in self.__dict__

    # -- pages

    def _show_page(self, page: str) -> None:
        self._page = page
        self._header.show_page(page)
        self._header.article.setEnabled(self._article is not None)
        self._empty.set_article_open(is_open=self._article is not None)
        if self._article is None or (page == MARKS and not self._placements):
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self.list if page == MARKS else self._article_page)

    # -- the cards

    def _card_chosen(self, annotation_id: str) -> None:
        if self._editing is not None and self._editing != annotation_id:
            self.finish_editing()
        self.annotation_chosen.emit(annotation_id)

    def _open_menu(self, point: QPoint) -> None:
        annotation_id = self.list.current_id()
        if annotation_id is None:
            return
        menu = mark_menu(self, self._theme, self._placements[annotation_id])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(point))

    # -- the editor

    def _edited(self, edit: Edit) -> None:
        annotation_id = self._editing
        if annotation_id is None:
            return
        placement = self._placements.get(annotation_id)
        if placement is None:
            return
        if edit.mark:
            self.edit_requested.emit(annotation_id, edit.mark)
        if edit.tags_added or edit.tags_removed:
            ids = self._tag_ids(placement.annotation.tag_ids, edit.tags_removed)
            self.tags_change_requested.emit(annotation_id, edit.tags_added, ids)
        if edit.claim:
            self._ask_for_claim(annotation_id, edit)

    def _tag_ids(self, carried: Iterable[str], paths: Iterable[str]) -> list[str]:
        wanted = {name_key(path) for path in paths}
        tags = self._vocabulary.tags
        ids = [tag_id for tag_id in carried if tag_id in tags and name_key(tags[tag_id].path) in wanted]
        if len(ids) == len(wanted):
            return ids
        return [tag.id for tag in tags.values() if name_key(tag.path) in wanted]

    def _ask_for_claim(self, annotation_id: str, edit: Edit) -> None:
        """A claim that is only being made has no id yet: its verdict waits until it is here."""
        statement = edit.mark.get("claim")
        if statement is None:
            claim_id = self._placements[annotation_id].annotation.claim_id
        else:
            known = find_claim(self._vocabulary.claims.values(), statement)
            claim_id = known.id if known is not None else None
        if claim_id is not None:
            self.claim_edit_requested.emit(claim_id, edit.claim)
        else:
            _, earlier = self._new_claims.get(annotation_id, ("", {}))
            self._new_claims[annotation_id] = (statement or self.editor.claim.text(), earlier | edit.claim)

    def _settle_new_claims(self) -> None:
        for annotation_id, (statement, values) in list(self._new_claims.items()):
            placement = self._placements.get(annotation_id)
            claim = self._vocabulary.claims.get(placement.annotation.claim_id or "") if placement else None
            if claim is not None and name_key(claim.statement) == name_key(statement):
                del self._new_claims[annotation_id]
                self.claim_edit_requested.emit(claim.id, values)

    def _settle_awaited(self) -> None:
        if self._awaited is None or self._awaited[0] not in self._placements:
            return
        annotation_id, edit, field = self._awaited
        self._awaited = None
        if edit:
            self.edit(annotation_id, field)
        else:
            self.choose(annotation_id)

    def _tell_names(self) -> None:
        if "editor" in self.__dict__:
            self.editor.set_vocabulary(self._vocabulary, self._tag_index(), self._cues())
        if self._has_article_page:
            self._article_page.set_tag_index(self._tag_index())

    def _tag_index(self) -> TagIndex:
        """Made when it is first asked for after the tags or their counts may have changed."""
        if self._tags is None:
            self._tags = TagIndex(self._vocabulary.tags.values(), self._tag_counts)
        return self._tags

    def _cues(self) -> list[str]:
        return [one.annotation.cue for one in self._placements.values() if one.annotation.cue]

    def _refresh_editor(self) -> None:
        if self._editing is not None:
            annotation = self._placements[self._editing].annotation
            self.editor.take_news(fields_of(annotation, self._vocabulary))

    def _drop_lost_editor(self) -> None:
        """The mark that is being edited is gone, by undo or from another window."""
        if self._editing is not None and self._editing not in self._placements:
            self._close_editor()

    def _close_editor(self) -> None:
        self._editing = None
        self.editor.pause.stop()
        self.list.uncover()

    def _editor_closed(self) -> None:
        self._close_editor()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editing_ended.emit()

    def _editor_resized(self) -> None:
        if self._editing is not None:
            self.list.fit_inset(self._editing)

    # -- the article

    def _article_edited(self, values: Mapping[str, Any]) -> None:
        if self._article is not None:
            self.article_edit_requested.emit(self._article.id, dict(values))

    def _article_tags_edited(self, added: list[str], removed: list[str]) -> None:
        if self._article is not None:
            self.article_tags_change_requested.emit(self._article.id, added, removed)
