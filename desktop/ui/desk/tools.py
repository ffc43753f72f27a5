"""What every part of the desk works with; made once by ``app`` and the window."""

from dataclasses import dataclass

from desktop.ui.actions import Actions
from desktop.ui.messages import Messages
from desktop.ui.palette import Palette
from desktop.ui.session import Session
from desktop.ui.settings.store import Settings
from desktop.ui.status import StatusBar
from desktop.ui.theme import Theme


@dataclass(frozen=True)
class Tools:
    """Handed to each part in its constructor."""

    settings: Settings
    theme: Theme
    session: Session
    actions: Actions
    messages: Messages
    palette: Palette
    status: StatusBar
