"""What can be done with one card, as a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop.core.anchors import AnchorState
from desktop.core.placing import Placement
from desktop.core.records import COLOURS, Annotation, AnnotationKind, Stance, Verdict
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS, KINDS
from desktop.ui.words import name_of

if TYPE_CHECKING:
    from desktop.ui.inspector.panel import Inspector


def mark_menu(panel: Inspector, theme: Theme, placement: Placement) -> QMenu:
    """Every entry ends in one of the panel's requests."""
    annotation, menu = placement.annotation, QMenu(panel)
    one = annotation.id
    if not panel.writable():
        _add_copy(menu, annotation)
        return menu
    if placement.state in (AnchorState.FUZZY, AnchorState.AMBIGUOUS):
        _add(menu, _tr("These are the words"), "Return").triggered.connect(
            lambda: panel.anchor_confirm_requested.emit(one)
        )
    if not placement.sure:
        _add(menu, _tr("The words selected in the text are right"), "P").triggered.connect(
            lambda: panel.anchor_move_requested.emit(one)
        )
        menu.addSeparator()
    _add(menu, _tr("Edit"), "F2").triggered.connect(lambda: panel.edit(one))
    _add(menu, _tr("Tags…")).triggered.connect(lambda: panel.edit(one, "tags"))
    _add(menu, _tr("Note…")).triggered.connect(lambda: panel.edit(one, "note"))
    if annotation.speaker_id:
        _add(menu, _tr("Edit the speaker’s record…")).triggered.connect(
            lambda: panel.person_requested.emit(annotation.speaker_id)
        )
    menu.addMenu(_kinds(panel, theme, menu, placement))
    menu.addMenu(_colours(panel, theme, menu, placement))
    if annotation.kind is AnnotationKind.CLAIM or annotation.claim_id:
        menu.addMenu(_stances(panel, menu, placement))
    if annotation.claim_id:
        menu.addMenu(_verdicts(panel, theme, menu, annotation.claim_id))
    menu.addSeparator()
    _add_copy(menu, annotation)
    menu.addSeparator()
    _add(menu, _tr("Remove mark"), "Del").triggered.connect(lambda: panel.removal_requested.emit([one]))
    return menu


def _add_copy(menu: QMenu, annotation: Annotation) -> None:
    action = _add(menu, _tr("Copy words"))
    action.triggered.connect(lambda: QGuiApplication.clipboard().setText(annotation.exact))


def _kinds(panel: Inspector, theme: Theme, parent: QMenu, placement: Placement) -> QMenu:
    menu, annotation = QMenu(_tr("Kind"), parent), placement.annotation
    for kind in KINDS:
        action = _add(menu, name_of(kind))
        action.setIcon(theme.icon(GLYPHS[kind], kind))
        action.setEnabled(kind != annotation.kind)
        action.triggered.connect(
            lambda _=False, kind=kind: panel.edit_requested.emit(annotation.id, {"kind": kind})
        )
    return menu


def _colours(panel: Inspector, theme: Theme, parent: QMenu, placement: Placement) -> QMenu:
    menu, annotation = QMenu(_tr("Colour"), parent), placement.annotation
    for colour in (None, *COLOURS):
        action = _add(menu, name_of(colour) if colour else _tr("default colour"))
        token = f"colour.{colour}" if colour else str(annotation.kind)
        action.setIcon(theme.icon("highlighter", token))
        action.setEnabled(colour != annotation.colour)
        action.triggered.connect(
            lambda _=False, colour=colour: panel.edit_requested.emit(annotation.id, {"colour": colour})
        )
    return menu


def _stances(panel: Inspector, parent: QMenu, placement: Placement) -> QMenu:
    menu, annotation = QMenu(_tr("Stance"), parent), placement.annotation
    for stance in Stance:
        action = _add(menu, name_of(stance))
        action.setEnabled(stance != annotation.stance)
        action.triggered.connect(
            lambda _=False, stance=stance: panel.edit_requested.emit(annotation.id, {"stance": str(stance)})
        )
    return menu


def _verdicts(panel: Inspector, theme: Theme, parent: QMenu, claim_id: str) -> QMenu:
    """Of the claim itself, for all its mentions."""
    menu = QMenu(_tr("Verdict on the claim"), parent)
    for verdict in Verdict:
        action = _add(menu, name_of(verdict))
        action.setIcon(theme.icon(GLYPHS[verdict], verdict))
        action.triggered.connect(
            lambda _=False, one=verdict: panel.claim_edit_requested.emit(claim_id, {"verdict": str(one)})
        )
    return menu


def _add(menu: QMenu, text: str, key: str = "") -> QAction:
    """The key is shown, not bound: the list itself answers to it."""
    return menu.addAction(f"{text}\t{key}" if key else text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MarkMenu", text)
