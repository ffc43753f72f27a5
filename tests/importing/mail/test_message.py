"""Messages: who wrote what to whom, quoted replies, pictures and what is attached."""

import base64

import pytest

from desktop.core.document import BlockKind
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction
from desktop.importing.detect import detect
from desktop.importing.extract import extract_bytes
from desktop.importing.formats import Format
from desktop.importing.mail.quoted import text_blocks
from tests.importing.office.made import docx, para, read_all, read_one
from tests.importing.office.test_docx import picture

HEAD = (
    "From: =?koi8-r?B?4c7OwSDsyQ==?= <anna@a.example>\r\nTo: Bo Ek <bo@a.example>, news@a.example\r\n"
    "Date: Tue, 5 Mar 2024 13:00:00 +0300\r\nMessage-ID: <a1%b@a.example>\r\nMIME-Version: 1.0\r\n"
)


PLAIN = "text/plain; charset=utf-8"
RIVER = "=?utf-8?B?0KDQtdC60LA=?="
SIGNED = (
    "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- --dash\nWords.\n"
    "-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n"
)


def message(body: str | bytes, kind=PLAIN, head=HEAD, subject=RIVER, more="") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return f"{head}Subject: {subject}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + data


def multipart(kind: str, *parts: str) -> bytes:
    inner = "".join(f"--b{len(kind)}\r\n{part}\r\n" for part in parts)
    return message(f"{inner}--b{len(kind)}--\r\n", f"multipart/{kind}; boundary=b{len(kind)}")


def part(kind: str, body: str | bytes, more: str = "") -> str:
    data = base64.encodebytes(body.encode() if isinstance(body, str) else body).decode()
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{more}\r\n{data}"


def lines(extraction):
    return [(str(block.kind), block.level, block.text) for block in extraction.document.blocks[1:]]


def test_the_header_gives_the_metadata_and_to_whom_it_went():
    found = read_one(message("Вода поднялась.\r\n"), "письмо.eml")
    metadata = found.document.metadata
    assert (metadata.title, metadata.byline, metadata.published_at, metadata.identifier) == (
        "Река",
        ("Анна Ли",),
        "2024-03-05T13:00:00+03:00",
        "mid:a1%25b@a.example",
    )
    assert found.document.text == "To: Bo Ek <bo@a.example>, news@a.example\nВода поднялась."


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("=?utf-8?Q?=D0=A0=D0=B5?= =?utf-8?Q?=D0=BA=D0=B0?=", "Река"),
        ("=?UTF-8?B?0KDQ?=\r\n =?UTF-8?B?tdC60LA=?=", "Река"),
        ("=?windows-1251?Q?=D0=E5=EA=E0?= 2", "Река 2"),
        ("=?iso-2022-jp?B?GyRCQGk7MxsoQg==?=", "千山"),
        ("=?no-such-charset?Q?River?=", "River"),
        ("=?utf-8?B?broken!?=", "=?utf-8?B?broken!?="),
    ],
)
def test_subjects_as_mail_programs_encode_them(raw, title):
    assert read_one(message("Text.", subject=raw), "a.eml").document.metadata.title == title


def test_a_subject_in_bare_bytes():
    data = message("Text.").replace(b"=?utf-8?B?0KDQtdC60LA=?=", "Река и город".encode())
    assert read_one(data, "a.eml").document.metadata.title == "Река и город"


def test_replies_keep_their_depth_and_wrapped_lines_become_paragraphs():
    body = (
        "The commission will publish its report on the flood at the end of this\r\n"
        "month, a spokesman said. It had been expected in January, but witnesses\r\n"
        "were heard again.\r\n\r\n> I asked about the date.\r\n>> When will it be published?\r\n\r\n"
        "- first\r\n- second\r\n-- \r\nAnna Li\r\nThe Herald\r\n"
    )
    assert lines(read_one(message(body), "a.eml")) == [
        (
            "paragraph",
            0,
            "The commission will publish its report on the flood at the end of this month, a spokesman said. "
            "It had been expected in January, but witnesses were heard again.",
        ),
        ("quote", 1, "I asked about the date."),
        ("quote", 2, "When will it be published?"),
        ("list_item", 1, "first"),
        ("list_item", 1, "second"),
        ("paragraph", 0, "Anna Li"),
        ("paragraph", 0, "The Herald"),
    ]


def test_flowed_text_says_where_lines_go_on():
    blocks = text_blocks("One \nline.\n> quoted \n> too\n> end\n-- \nAnna", flowed=True)
    assert [(str(b.kind), b.text) for b in blocks] == [
        ("paragraph", "One line."),
        ("quote", "quoted too"),
        ("quote", "end"),
        ("paragraph", "Anna"),
    ]


def test_japanese_lines_are_joined_without_a_space():
    body = "首相は記者会見で、新しい経済対策を来週にも取りまとめると述べ、与野党に\n協力を呼びかけた。"
    assert [block.text for block in text_blocks(body)] == [body.replace("\n", "")]


def test_the_richer_of_two_texts_is_read():
    plain = part("text/plain; charset=utf-8", "Смотри сайт https://a.example/ и список: раз, два")
    rich = part(
        "text/html; charset=utf-8",
        "<p>Смотри <a href='https://a.example/'>сайт</a> https://a.example/</p>"
        "<ul><li>раз<li>два, и список</ul>",
    )
    assert lines(read_one(multipart("alternative", plain, rich), "a.eml"))[1:] == [
        ("list_item", 1, "раз"),
        ("list_item", 1, "два, и список"),
    ]
    poor = part("text/html", "<b>Включите картинки</b>")
    assert lines(read_one(multipart("alternative", plain, poor), "a.eml"))[0][2].startswith("Смотри сайт")


def test_pictures_of_the_page_are_shown_in_their_places():
    page = part("text/html", '<p>River</p><img src="cid:p1@x"><p>Town</p>')
    image = part("image/png", picture(), "Content-ID: <p1@x>\r\n")
    other = part("image/png", picture((60, 60)), 'Content-Disposition: attachment; filename="map.png"\r\n')
    found = read_one(multipart("related", page, image, other), "a.eml")
    assert [(str(b.kind), b.text, b.src) for b in found.document.blocks[1:]] == [
        ("paragraph", "River", None),
        ("image", "", "cid:p1@x"),
        ("paragraph", "Town", None),
        ("image", "map.png", "part:2"),
    ]
    assert [(one.src, one.width) for one in found.pictures] == [("cid:p1@x", 40), ("part:2", 60)]


def test_attachments_are_sources_of_their_own_without_their_paths():
    text = part("text/plain", "See the report.")
    report = part(
        "application/octet-stream", docx(para("Доклад", style="1") + para("Вода.")),
        'Content-Disposition: attachment; filename="../../etc/report.docx"\r\n',
    )  # fmt: skip
    inner = "Content-Type: message/rfc822\r\n\r\n" + message("Inner words.", subject="Fwd: a/b").decode()
    tnef = part("application/ms-tnef", "x", 'Content-Disposition: attachment; filename="winmail.dat"\r\n')
    found = read_all(multipart("mixed", text, report, inner, tnef), "a.eml")
    assert [one.name for one in found if isinstance(one, Extraction)] == ["", "report.docx", "Fwd a b.eml"]
    assert found[1].document.metadata.title == "Доклад"
    assert "Inner words." in found[2].document.text
    assert isinstance(found[3], ImportFailed)
    assert (found[3].source, found[3].reason) == ("a.eml/winmail.dat", "unknown_format")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (multipart("encrypted", part("application/pgp-encrypted", "Version: 1")), "encrypted"),
        (message("MIIB", 'application/pkcs7-mime; smime-type="enveloped-data"'), "encrypted"),
        (message("-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----"), "encrypted"),
        (message("", head="Date: x\r\nMIME-Version: 1.0\r\n"), "no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(data, "a.eml")
    assert caught.value.reason == reason


def test_a_signed_text_is_read_without_its_armour():
    assert [text for _, _, text in lines(read_one(message(SIGNED), "a.eml"))] == ["--dash", "Words."]


def test_a_charset_that_lies_is_seen_through():
    body = "Вода поднялась на два метра, сообщили в понедельник спасатели."
    found = read_one(message(body.encode("cp1251"), "text/plain; charset=iso-8859-1"), "a.eml")
    assert found.document.text.endswith(body)
    assert found.encoding in ("windows-1251", "cp1251")


def test_broken_dates_addresses_and_types_cost_only_themselves():
    head = "From: (\r\nTo: <<<>\r\nDate: gestern\r\nMessage-ID: none\r\n"
    found = read_one(message("Words.", kind="; ;;charset", head=head, subject=""), "a.eml")
    metadata = found.document.metadata
    assert (metadata.published_at, metadata.identifier) == (None, None)
    assert found.document.text.endswith("Words.")


def test_messages_are_known_by_header_lines_without_spaces():
    assert detect(b"x-info:a\nSubject:b\nFrom:c@d.example\n\ntext", "a.eml") is Format.EMAIL
    assert detect(b"Received: from x\n  by y; z\n\ntext", "a.eml") is Format.EMAIL
    assert detect(b"http://a.example/\nhttps://b.example/\n\ntext", "a.txt") is Format.TEXT


def test_the_kinds_of_blocks_are_right_for_quotes():
    (quote,) = text_blocks("> words")
    assert quote.kind is BlockKind.QUOTE


def test_the_language_is_that_of_the_text_not_of_the_addresses():
    found = read_one(message("Вода поднялась на два метра.\r\n"), "a.eml")
    assert found.document.metadata.language == "ru"
    assert read_one(message("12345\r\n"), "a.eml").document.metadata.language in (None, "en")
