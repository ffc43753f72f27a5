import pytest

from desktop.core.errors import NameTaken, NotFound, TagCycle
from desktop.operations import library, marking, tagging
from desktop.store import annotations, tags
from desktop.store.history import redo, undo


def paths(archive) -> list[str]:
    return [tag.path for tag in tags.all_tags(archive)]


def tag_id(archive, path: str) -> str:
    return tags.find_tag(archive, path).id


@pytest.fixture
def quote(archive, flood) -> str:
    (made,) = marking.mark(archive, flood, "quote", [(0, 4)]).annotations
    return made


def test_tagging_makes_the_path_and_says_what_it_did(archive, flood, drones):
    changes = tagging.tag_articles(archive, [flood, drones], " оборона / дроны ")
    assert changes.label == "Tag 2 articles"
    assert changes.articles == {flood, drones}
    assert changes.tags == {tag_id(archive, "оборона"), tag_id(archive, "Оборона/ДРОНЫ")}
    assert paths(archive) == ["оборона", "оборона/дроны"]
    assert not tagging.tag_articles(archive, [flood], "оборона/дроны")


def test_tagging_an_annotation_names_it_and_its_article(archive, flood, quote):
    changes = tagging.tag_annotations(archive, [quote], "a")
    assert (changes.label, changes.annotations, changes.articles) == ("Tag annotation", {quote}, {flood})
    untagged = tagging.untag_annotations(archive, [quote], tag_id(archive, "a"))
    assert (untagged.label, untagged.annotations) == ("Remove tag from annotation", {quote})
    assert annotations.annotation(archive, quote).tag_ids == ()
    tagging.tag_articles(archive, [flood], "a")
    assert tagging.untag_articles(archive, [flood], tag_id(archive, "a")).articles == {flood}


def test_the_tree_is_listed_in_alphabetical_order(archive):
    for path in ("б/2", "б/10", "ёж", "а", "б", "Zebra"):
        tagging.create_tag(archive, path)
    assert paths(archive) == ["Zebra", "а", "б", "б/2", "б/10", "ёж"]


def test_a_tag_is_made_with_its_colour_and_an_old_one_keeps_its_own(archive):
    tagging.create_tag(archive, "a", colour="red", description="d")
    assert not tagging.create_tag(archive, "A", colour="blue")
    assert (tags.find_tag(archive, "a").colour, tags.find_tag(archive, "a").description) == ("red", "d")
    tagging.set_tag_colour(archive, tag_id(archive, "a"), None)
    tagging.describe_tag(archive, tag_id(archive, "a"), "e")
    assert (tags.find_tag(archive, "a").colour, tags.find_tag(archive, "a").description) == (None, "e")


def test_names_are_checked(archive):
    for path in ("", " / ", "\t"):
        with pytest.raises(ValueError):
            tagging.create_tag(archive, path)
    with pytest.raises(ValueError):
        tagging.create_tag(archive, "a", colour="mauve")
    tagging.create_tag(archive, "a/b")
    tagging.create_tag(archive, "a/c")
    child = tag_id(archive, "a/b")
    with pytest.raises(NameTaken):
        tagging.rename_tag(archive, child, "C")
    with pytest.raises(ValueError):
        tagging.rename_tag(archive, child, "b/c")
    with pytest.raises(NotFound):
        tagging.rename_tag(archive, "nobody", "x")
    assert tagging.rename_tag(archive, child, "B").tags == {child}
    assert paths(archive) == ["a", "a/B", "a/c"]


def test_a_branch_moves_but_never_below_itself(archive):
    tagging.create_tag(archive, "a/b/c")
    a, b, c = (tag_id(archive, path) for path in ("a", "a/b", "a/b/c"))
    for parent in (a, b, c):
        with pytest.raises(TagCycle):
            tagging.move_tag(archive, a, parent)
    with pytest.raises(NotFound):
        tagging.move_tag(archive, a, "nobody")
    tagging.move_tag(archive, b, None)
    assert paths(archive) == ["a", "b", "b/c"]
    tagging.create_tag(archive, "c")
    with pytest.raises(NameTaken):
        tagging.move_tag(archive, c, None)


def test_a_branch_counts_what_its_tags_gather_once(archive, flood, drones, quote):
    tagging.tag_articles(archive, [flood, drones], "вода/паводок")
    tagging.tag_articles(archive, [flood], "вода/паводок/весна")
    tagging.tag_annotations(archive, [quote], "вода")
    ids = {path: tag_id(archive, path) for path in ("вода", "вода/паводок", "вода/паводок/весна")}
    assert tags.branch_counts(archive) == dict(zip(ids.values(), (3, 2, 1), strict=True))
    library.trash(archive, [drones])
    assert tags.branch_counts(archive)[ids["вода"]] == 2


def test_merging_takes_over_links_branches_and_names(archive, flood, drones, quote):
    tagging.tag_articles(archive, [flood], "паводок")
    tagging.tag_articles(archive, [flood, drones], "наводнение")
    tagging.tag_annotations(archive, [quote], "наводнение/весна")
    tagging.tag_articles(archive, [drones], "паводок/весна")
    tagging.create_tag(archive, "наводнение/осень")
    keep, absorbed = tag_id(archive, "паводок"), tag_id(archive, "наводнение")
    changes = tagging.merge_tags(archive, keep, [absorbed, keep])
    assert changes.label == "Merge 2 tags"
    assert paths(archive) == ["паводок", "паводок/весна", "паводок/осень"]
    spring = tag_id(archive, "паводок/весна")
    assert tags.tag_counts(archive) == {keep: (2, 0), spring: (1, 1)}
    assert tags.aliases(archive, keep) == ["наводнение"]
    assert tag_id(archive, "Наводнение") == keep
    assert tag_id(archive, "наводнение/весна") == spring
    tagging.tag_articles(archive, [flood], "наводнение")
    assert "наводнение" not in paths(archive)
    undo(archive)
    assert paths(archive)[:2] == ["наводнение", "наводнение/весна"]
    redo(archive)
    assert paths(archive) == ["паводок", "паводок/весна", "паводок/осень"]


def test_a_branch_merged_into_its_root_leaves_a_child_of_its_name_in_its_place(archive, flood, drones):
    tagging.tag_articles(archive, [flood], "a/b/b")
    tagging.tag_articles(archive, [drones], "a/b")
    inner = tag_id(archive, "a/b/b")
    tagging.merge_tags(archive, tag_id(archive, "a"), [tag_id(archive, "a/b")])
    assert paths(archive) == ["a", "a/b"]
    assert [tag.id for tag in tags.tags_of_article(archive, flood)] == [inner]
    assert [tag.path for tag in tags.tags_of_article(archive, drones)] == ["a"]
    undo(archive)
    assert paths(archive) == ["a", "a/b", "a/b/b"]


def test_a_tag_is_not_merged_into_its_own_branch(archive):
    tagging.create_tag(archive, "a/b")
    with pytest.raises(TagCycle):
        tagging.merge_tags(archive, tag_id(archive, "a/b"), [tag_id(archive, "a")])
    tagging.merge_tags(archive, tag_id(archive, "a"), [tag_id(archive, "a/b")])
    assert paths(archive) == ["a"]


def test_deleting_takes_the_branch_and_leaves_what_carried_it(archive, flood, quote):
    tagging.tag_annotations(archive, [quote], "a/b")
    tagging.tag_articles(archive, [flood], "a")
    changes = tagging.delete_tag(archive, tag_id(archive, "a"))
    assert (changes.annotations, changes.articles) == ({quote}, {flood})
    assert paths(archive) == []
    undo(archive)
    assert tags.tags_of_article(archive, flood) == [tags.find_tag(archive, "a")]
    assert annotations.annotation(archive, quote).tag_ids == (tag_id(archive, "a/b"),)


def test_pinned_tags_have_one_digit_each(archive):
    for path in ("a", "b", "c"):
        tagging.create_tag(archive, path)
    a, b, c = (tag_id(archive, path) for path in ("a", "b", "c"))
    tagging.pin_tag(archive, b, 1)
    tagging.pin_tag(archive, a, 2)
    assert [tag.id for tag in tags.pinned(archive)] == [b, a]
    assert tagging.pin_tag(archive, c, 1).tags == {b, c}
    assert [tag.id for tag in tags.pinned(archive)] == [c, a]
    assert tagging.pin_tag(archive, c, None).label == "Unpin tag"
    assert [tag.id for tag in tags.pinned(archive)] == [a]
    assert not tagging.pin_tag(archive, b, None)
    with pytest.raises(ValueError):
        tagging.pin_tag(archive, a, 10)
