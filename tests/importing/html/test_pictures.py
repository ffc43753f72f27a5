"""Which pictures are content, and where lazy ones are."""

import pytest

from desktop.core.document import BlockKind
from desktop.importing.html.pictures import file_name
from tests.importing.html.pages import walked_blocks


def addresses(markup):
    return [block.src for block in walked_blocks(markup) if block.kind is BlockKind.IMAGE]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/photo.jpg">',
        '<img src="data:image/gif;base64,R0" data-src="/photo.jpg">',
        '<img src="/img/blank.gif" data-original="/photo.jpg">',
        '<img srcset="/small.jpg 320w, /photo.jpg 1280w">',
        '<picture><source srcset="/small.webp 1x, /photo.jpg 2x"><img src="data:,"></picture>',
        '<img src="data:,"><noscript><img src="/photo.jpg"></noscript>',
        '<img src="/photo.jpg"><noscript><img src="/photo-1024x768.jpg"></noscript>',
    ],
)
def test_a_picture_is_found_once(markup):
    assert addresses(f"<p>слова</p>{markup}") == ["/photo.jpg"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/a.gif" width="1" height="1">',
        '<img class="avatar photo" src="/ann.jpg">',
        '<img src="https://secure.gravatar.com/ann">',
        '<img style="width: 16px; height: 16px" src="/share.png">',
        '<img src="/static/pixel.gif">',
        '<img class="site-logo" src="/brand.png">',
        '<img src="/img/lazy-placeholder.svg">',
    ],
)
def test_ornaments_and_trackers_are_none(markup):
    assert addresses(markup) == []


def test_words_that_only_begin_like_a_placeholder_are_none():
    assert addresses('<img src="/blanket-coverage.png">') == ["/blanket-coverage.png"]


def test_a_letter_drawn_as_a_picture_is_a_letter():
    (block,) = walked_blocks('<p>Ура <img class="emoji" alt="🎉" src="/1f389.svg"> всем</p>')
    assert block.text == "Ура 🎉 всем"


def test_pictures_of_a_table_stand_after_it():
    markup = '<table><tr><th>а</th><th>б</th></tr><tr><td>1 <img src="/x.jpg"></td><td>2</td></tr></table>'
    assert [block.kind for block in walked_blocks(markup)] == [BlockKind.TABLE_ROW] * 2 + [BlockKind.IMAGE]


def test_one_picture_in_two_sizes_has_one_name():
    assert file_name("https://a.example/p/Photo-300x200.jpg?w=3") == file_name("/q/photo.webp") == "photo"
