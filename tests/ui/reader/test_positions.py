"""Code points and page positions belong together exactly, whatever the text holds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind
from desktop.ui.reader import plan as planning
from desktop.ui.reader.plan import Head, Leaf, Role, Sheet, leaves, make_plan, shown
from desktop.ui.reader.positions import PositionMap

ALPHABET = "аб 😀👩\u200d🔬e\u0301漢字\u2029\u2028\ufffc\ufdd0\ufdd1\ufeffא—x."
TEXT = st.text(alphabet=ALPHABET, max_size=12)


@st.composite
def blocks(draw):
    kind = draw(st.sampled_from(list(BlockKind)))
    text = draw(TEXT)
    if kind is BlockKind.TABLE_ROW:
        text = "\t".join(draw(st.lists(TEXT, min_size=1, max_size=3)))
    elif kind is BlockKind.CODE:
        text = "\n".join(draw(st.lists(TEXT, min_size=1, max_size=3)))
    return Block(kind, text, level=1, group=draw(st.integers(0, 1)))


DOCUMENTS = st.lists(blocks(), max_size=8).map(lambda found: Document(tuple(found)))
HEADS = st.sampled_from([Head(), Head("Листок", "Мост 😀", "Ирина"), Head(title="аб")])


def mapped(document, head):
    plan = make_plan(document, head)
    return plan, PositionMap(document.text, leaves(plan))


@given(DOCUMENTS, HEADS)
def test_every_offset_comes_back(document, head):
    _, positions = mapped(document, head)
    for point in range(len(document.text) + 1 if document.blocks else 0):
        assert positions.to_point(positions.to_position(point)) == point


@given(DOCUMENTS, HEADS, st.data())
def test_every_range_comes_back(document, head, data):
    _, positions = mapped(document, head)
    size = len(document.text)
    if size:
        start = data.draw(st.integers(0, size - 1))
        end = data.draw(st.integers(start + 1, size))
        assert positions.to_points(*positions.to_range(start, end)) == (start, end)


@given(DOCUMENTS, HEADS)
def test_positions_of_the_page_never_leave_the_text(document, head):
    _, positions = mapped(document, head)
    found = [positions.to_point(at) for at in range(positions.length + 1)]
    assert found == sorted(found)
    assert all(0 <= point <= len(document.text) for point in found)


@given(TEXT)
def test_shown_text_keeps_its_length_in_every_unit(text):
    assert len(shown(text)) == len(text)
    assert len(shown(text).encode("utf-16-le")) == len(text.encode("utf-16-le"))


def test_a_title_in_the_text_is_shown_once():
    document = Document((Block(BlockKind.HEADING, "Мост", 1), Block(BlockKind.PARAGRAPH, "Да.")))
    plan, positions = mapped(document, Head("Листок", "мост", "Ирина"))
    assert [leaf.role for leaf in leaves(plan)] == [Role.KICKER, Role.TITLE, Role.BYLINE, Role.PARAGRAPH]
    assert positions.to_position(0) == len("Листок") + 1
    assert positions.to_position(5) == len("Листок Мост Ирина ")


def test_ragged_rows_are_filled_and_tables_kept_apart():
    rows = [
        Block(BlockKind.TABLE_ROW, text, group=group) for text, group in (("a\tb", 1), ("c", 1), ("d", 2))
    ]
    plan, _ = mapped(Document(tuple(rows)), Head())
    assert [type(element) for element in plan] == [Leaf, Sheet, Leaf, Sheet, Leaf]
    assert [cell.start for cell in plan[1].cells] == [0, 2, 4, None]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="а 。.\u0301😀漢", min_size=100, max_size=400))
def test_endless_paragraphs_fall_into_pieces(monkeypatch, text):
    monkeypatch.setattr(planning, "LONGEST", 30)
    document = Document((Block(BlockKind.PARAGRAPH, text),))
    plan, positions = mapped(document, Head())
    assert all(len(leaf.text) <= 30 for leaf in leaves(plan))
    assert len(list(leaves(plan))) > 2
    for point in range(len(text) + 1):
        assert positions.to_point(positions.to_position(point)) == point


def test_inline_marks_follow_their_piece():
    mark = InlineMark(2, 5, MarkKind.LINK, "https://a.example")
    document = Document((Block(BlockKind.CODE, "ab\ncd", marks=(mark,)),))
    plan, _ = mapped(document, Head())
    assert [[(m.start, m.end) for m in leaf.marks] for leaf in leaves(plan)] == [[], [(0, 2)]]
