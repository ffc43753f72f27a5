"""Small pages to read, in the languages of our readers."""

from desktop.core.document import Block, BlockKind, Document
from desktop.importing.html.page import read_html
from desktop.importing.html.parsing import parse_html
from desktop.importing.html.settling import settle
from desktop.importing.html.walker import page_blocks

SENTENCES = (
    "Правительство в понедельник объявило, что новые правила вступят в силу с начала следующего года, "
    "а переходный период продлится шесть месяцев.",
    "Представители отрасли заявили журналистам, что готовы к переменам, хотя и просили больше времени "
    "на подготовку, поскольку оборудование придётся заказывать у зарубежных поставщиков.",
    "Эксперты напомнили, что подобные меры уже принимались десять лет назад и тогда привели к росту цен, "
    "который удалось остановить только через два года.",
    "Министерство обещает опубликовать разъяснения до конца месяца и провести встречи в каждом регионе, "
    "чтобы ответить на вопросы предпринимателей.",
)


def paragraphs(*more: str) -> str:
    return "".join(f"<p>{text}</p>" for text in (*SENTENCES, *more))


def article(inner: str) -> str:
    """A plain page around the article's markup."""
    head = "<head><title>Новые правила</title></head>"
    return f"<html>{head}<body><main><article>{inner}</article></main></body></html>"


def read(markup: str) -> Document:
    reading = read_html(markup, "страница.html")
    return Document.build(reading.blocks, reading.metadata)


def walked_blocks(markup: str) -> tuple[Block, ...]:
    """All blocks of a settled page's body."""
    whole = f"<html><body>{markup}</body></html>"
    tree = parse_html(whole)
    settle(tree, whole)
    return Document.build(entry.block for entry in page_blocks(tree.find("body"))).blocks


def texts(markup: str) -> list[str]:
    return [block.text for block in walked_blocks(markup)]


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]
