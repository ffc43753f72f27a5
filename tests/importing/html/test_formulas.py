"""Formulas stay as the words they were written in."""

import pytest

from desktop.core.document import BlockKind, MarkKind
from tests.importing.html.pages import walked_blocks

TEX = r"\frac{a}{b}"
MATHML = "<mfrac><mi>a</mi><mi>b</mi></mfrac>"
NOTED = (
    f'<math><semantics>{MATHML}<annotation encoding="application/x-tex">{TEX}</annotation></semantics></math>'
)


@pytest.mark.parametrize(
    "markup",
    [
        NOTED,
        f'<math alttext="{TEX}">{MATHML}</math>',
        f'<span class="katex"><i>{NOTED}</i><span class="katex-html">ab</span></span>'.replace("i>", "span>"),
        f'<span class="math-inline" data-math="{TEX}"><span class="katex-html">ab</span></span>',
        f'<span style="display:none" class="math">{NOTED}</span><img class="mwe-math" alt="{TEX}" src="a">',
        f'<script type="math/tex">{TEX}</script>',
        f'<img class="latex" alt="{TEX}" src="/a.png">',
    ],
)
def test_a_formula_is_its_tex_once(markup):
    (block,) = walked_blocks(f"<p>Здесь {markup} дробь.</p>")
    assert block.text == f"Здесь {TEX} дробь."
    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks] == [(MarkKind.CODE, TEX)]


def test_a_formula_without_tex_keeps_its_letters():
    (block,) = walked_blocks(
        f"<p>Здесь <math>{MATHML}</math> и <math><msup><mi>x</mi><mn>2</mn></msup></math>.</p>"
    )
    assert block.text == "Здесь a/b и x^2."


def test_a_formula_in_a_table_is_read():
    rows = walked_blocks(f"<table><tr><th>f</th><th>g</th></tr><tr><td>{NOTED}</td><td>1</td></tr></table>")
    assert [(row.kind, row.cells) for row in rows] == [
        (BlockKind.TABLE_ROW, ["f", "g"]),
        (BlockKind.TABLE_ROW, [TEX, "1"]),
    ]
