"""Addresses made whole, and those that would act left out."""

import pytest

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.importing.html.addresses import Addresses

BASE = "https://vestnik.example/2024/news"


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/a", "https://vestnik.example/a"),
        ("b?x=1:2", "https://vestnik.example/2024/b?x=1:2"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#fn1", "#fn1"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
        ("//[cdn]/a", None),
    ],
)
def test_an_address_is_whole_or_none(address, whole):
    assert Addresses(BASE).whole(address) == whole


def test_a_link_that_acts_leaves_its_words():
    marks = (InlineMark(0, 4, MarkKind.LINK, "javascript:x()"), InlineMark(0, 4, MarkKind.STRONG))
    settled = Addresses(BASE).settled(Block(BlockKind.PARAGRAPH, "сюда", marks=marks))
    assert settled is not None
    assert settled.text == "сюда"
    assert settled.marks == (InlineMark(0, 4, MarkKind.STRONG),)


def test_pictures_of_a_mail_keep_their_address():
    picture = Block(BlockKind.IMAGE, "", src="cid:p1@x")
    assert Addresses(None).settled(picture) == picture


def test_a_picture_without_an_address_is_none():
    assert Addresses(BASE).settled(Block(BlockKind.IMAGE, "", src="//[cdn]/a.png")) is None
