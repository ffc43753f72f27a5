"""Listings without what their highlighters added."""

import pytest

from desktop.core.document import BlockKind
from desktop.importing.html.verbatim import is_only_numbers
from tests.importing.html.pages import walked_blocks


def code_of(markup):
    return [block.text for block in walked_blocks(markup) if block.kind is BlockKind.CODE]


@pytest.mark.parametrize(
    "numbered",
    [
        '<span class="linenumber">1</span>x = 1\n<span class="linenumber">2</span>y = 2\n',
        '<span style="user-select: none">1</span>x = 1\n<span style="user-select:none"> 2</span>y = 2\n',
        '<span class="lnt">1\n</span>x = 1\ny = 2',
        "<div>x = 1</div><div>y = 2</div>",
        "x = 1<br>y = 2",
        '<div class="code-header">python<button>Copy</button></div><div>x = 1\ny = 2</div>',
    ],
)
def test_a_listing_is_its_lines(numbered):
    assert code_of(f"<pre><code>{numbered}</code></pre>") == ["x = 1\ny = 2"]


def test_a_class_named_after_numbers_costs_no_code():
    assert code_of('<pre><span class="line-numbers">x = 1</span></pre>') == ["x = 1"]


def test_numbers_in_a_column_of_their_own_are_left_out():
    markup = "<table><tr><td><pre>1\n2\n3</pre></td><td><pre>a\nb\nc</pre></td></tr></table>"
    assert code_of(markup) == ["a\nb\nc"]


def test_a_block_of_code_without_pre_is_a_listing():
    assert code_of('<code class="hl block">def m := 1\n#check m</code>') == ["def m := 1\n#check m"]


def test_numbers_that_do_not_count_up_are_content():
    assert is_only_numbers("1\n2\n3")
    assert not is_only_numbers("3\n1\n4")
    assert not is_only_numbers("7")
