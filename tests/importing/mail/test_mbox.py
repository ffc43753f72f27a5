"""Mailboxes: each message by itself, as it was before it was put there."""

import pytest

from desktop.core.extraction import Extraction
from desktop.importing.mail import mbox
from desktop.importing.material import Material
from tests.importing.office.made import read_all

ONE = "From: Anna <anna@a.example>\nDate: Tue, 5 Mar 2024 13:00:00 +0300\nSubject: River/town\n\n{}\n"
BOX = (
    "From anna@a.example Tue Mar  5 13:00:00 2024\n"
    + ONE.format("Water.\n\n>From here it goes on.\n>>From there.")
    + "\nFrom - Wed Mar 06 10:00:00 2024\n"
    + ONE.format("Second.\n\nFrom what I hear, 2024\nis dry.")
    + "\nFrom MAILER-DAEMON Thu Mar 07 10:00:00 2024\n"
    "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n\nx\n"
).encode()


@pytest.mark.parametrize("data", [BOX, BOX.replace(b"\n", b"\r\n")])
def test_every_message_is_an_article(data):
    found = [one for one in read_all(data, "почта.mbox") if isinstance(one, Extraction)]
    assert [one.name for one in found] == ["0001 River town.eml", "0002 River town.eml"]
    assert [one.document.metadata.title for one in found] == ["River/town", "River/town"]
    assert found[0].document.text == "Water.\nFrom here it goes on.\nFrom there."
    assert "From what I hear, 2024" in found[1].document.text


def test_messages_are_listed_and_chosen():
    listed = mbox.entries(Material(BOX, "a.mbox"))
    assert [(one.key, one.title, one.detail, one.suggested) for one in listed][:2] == [
        ("1", "River/town", "Anna · 2024-03-05", True),
        ("2", "River/town", "Anna · 2024-03-05", True),
    ]
    assert not listed[2].suggested
    (found,) = read_all(BOX, "a.mbox", parts=("2",))
    assert found.name == "0002 River town.eml"
