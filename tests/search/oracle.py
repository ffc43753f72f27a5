"""What queries mean, said once more without arrays: record by record, word by word."""

import fnmatch
import math

from rapidfuzz.distance import OSA
from whoosh import query
from whoosh.util.numeric import byte_to_length, length_to_byte

from desktop.search import weights
from desktop.search.leaves import Anywhere, Leaf, OfArticles, Value, leaves_of
from tests.search.memory import MemorySegment

B, K1 = 0.75, 1.2  # Whoosh's, for its own nodes
Record = tuple[int, int]  # (segment, number)


class Oracle:
    """Answers by going through all records of some segments."""

    def __init__(self, segments: list[MemorySegment]) -> None:
        self.segments = segments
        self.all = [(at, number) for at, one in enumerate(segments) for number in range(one.size)]

    def found(self, tree) -> dict[Record, float]:
        """The live records that match, with their scores."""
        return {one: self.score(tree, one) for one in self.all if self.live(one) and self.matches(tree, one)}

    def live(self, record: Record) -> bool:
        return record[1] not in self.segments[record[0]].deleted

    def words(self, field: str, record: Record) -> list[str]:
        segment, number = self.segments[record[0]], record[1]
        values = segment.values[number] if segment.values else {}
        return [*segment.records[number].get(field, ()), *values.get(field, ())]

    def matches(self, tree, record: Record) -> bool:
        match tree:
            case query.And():
                return bool(tree.subqueries) and all(self.matches(sub, record) for sub in tree.subqueries)
            case query.Or() | query.DisjunctionMax():
                return any(self.matches(sub, record) for sub in tree.subqueries)
            case query.Not():
                return not self.matches(tree.query, record)
            case query.AndNot():
                return self.matches(tree.a, record) and not self.matches(tree.b, record)
            case query.AndMaybe():
                return self.matches(tree.a, record)
            case query.Require():
                return self.matches(tree.a, record) and self.matches(tree.b, record)
            case query.ConstantScoreQuery():
                return self.matches(tree.child, record)
            case query.Every():
                return tree.fieldname is None or bool(self.words(tree.fieldname, record))
            case OfArticles():
                own = self.article(record)
                return any(
                    self.live(one) and self.article(one) == own and self.matches(tree.tree, one)
                    for one in self.all
                )
            case _ if tree is query.NullQuery:
                return False
        return self.count(tree, record) > 0

    def article(self, record: Record) -> str:
        return self.segments[record[0]].articles_of[record[1]]

    def count(self, unit, record: Record) -> int:
        """How often a leaf or a sequence stands in a record."""
        if isinstance(unit, query.Phrase):
            return self.together([query.Term(unit.fieldname, one) for one in unit.words], unit, record)
        if isinstance(unit, query.Sequence):
            return self.together(leaves_of(unit), unit, record)
        return sum(meant(unit, word) for word in self.words(unit.fieldname, record))

    def together(self, leaves, unit, record: Record) -> int:
        words = self.words(leaves[0].fieldname, record)
        places = [[at for at, word in enumerate(words) if meant(leaf, word)] for leaf in leaves]
        if len(leaves) == 1:
            return len(places[0])
        if getattr(unit, "ordered", True):
            reached = places[0]
            for following in places[1:]:
                reached = [at for at in following if any(at - unit.slop <= one < at for one in reached)]
            return len(reached)
        starts = set()
        for end in sorted({at for found in places for at in found}):
            latest = [max((at for at in found if at <= end), default=None) for found in places]
            if None not in latest and end - min(latest) <= len(leaves) - 1 + unit.slop:
                starts.add(min(latest))
        return len(starts)

    def having(self, *units) -> int:
        return sum(any(self.count(unit, record) for unit in units) for record in self.all)

    def norm(self, field: str, record: Record, least: float = 0.0, pull: float = B) -> float:
        total = sum(len(self.words(field, one)) for one in self.all)
        average = max(total / len(self.all), least) or 1
        rounded = byte_to_length(length_to_byte(len(self.words(field, record))))
        return (1 - pull) + pull * rounded / average

    def score(self, tree, record: Record) -> float:
        if not self.matches(tree, record):
            return 0.0
        match tree:
            case query.And() | query.Or():
                subs = [sub for sub in tree.subqueries if not isinstance(sub, query.Not)]
                if isinstance(tree, Anywhere):
                    return tree.boost * self.word(tree.subqueries, record, tree.saturation)
                return tree.boost * sum(self.score(sub, record) for sub in subs)
            case query.DisjunctionMax():
                return tree.boost * max(self.score(sub, record) for sub in tree.subqueries)
            case query.AndNot() | query.Require():
                return self.score(tree.a, record)
            case query.AndMaybe():
                return self.score(tree.a, record) + self.score(tree.b, record)
            case query.ConstantScoreQuery():
                return tree.score
            case Value() | OfArticles() | query.Not():
                return 0.0
            case Leaf() | query.Sequence():
                return self.word([tree], record)
            case query.Term():
                share = self.count(tree, record) / self.norm(tree.fieldname, record)
                idf = math.log(len(self.all) / (self.having(tree) + 1)) + 1
                return tree.boost * idf * share * (K1 + 1) / (share + K1)
            case query.Phrase():
                terms = [query.Term(tree.fieldname, word) for word in tree.words]
                return tree.boost * sum(self.score(term, record) for term in terms)
        return tree.boost

    def word(self, units, record: Record, k1: float = weights.K1) -> float:
        """BM25F: the counts of all fields and spellings, before they are saturated."""
        share = sum(
            unit.boost
            * self.count(unit, record)
            / self.norm(leaves_of(unit)[0].fieldname, record, least=1.0, pull=weights.B)
            for unit in units
        )
        parts = [leaves_of(unit) for unit in units]
        together = [units] if len({len(leaves) for leaves in parts}) > 1 else zip(*parts, strict=True)
        idf = sum(weights.idf(len(self.all), self.having(*leaves)) for leaves in together)
        return idf * share * (k1 + 1) / (share + k1)


def meant(leaf, word: str) -> bool:
    match leaf:
        case Leaf():
            return leaf.means(word)
        case query.Term():
            return word == leaf.text
        case query.Prefix():
            return word.startswith(leaf.text)
        case query.Wildcard():
            return fnmatch.fnmatchcase(word, leaf.text)
        case query.FuzzyTerm():
            same = word[: leaf.prefixlength] == leaf.text[: leaf.prefixlength]
            return same and OSA.distance(word, leaf.text) <= leaf.maxdist
        case query.TermRange():
            after = leaf.start is None or (word > leaf.start if leaf.startexcl else word >= leaf.start)
            return after and (leaf.end is None or (word < leaf.end if leaf.endexcl else word <= leaf.end))
    raise AssertionError(leaf)
