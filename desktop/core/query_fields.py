"""The fields of the query line and the values of those that have only a few."""

from desktop.core.records import AnnotationKind, ReadState, Verdict

_MARKS = tuple(kind.value for kind in AnnotationKind)
_KINDS: dict[str, tuple[str, ...]] = {name: (name,) for name in ("article", *_MARKS)}
_KINDS |= {"annotation": _MARKS, "mark": _MARKS}
_KINDS |= {f"{name}s": kinds for name, kinds in _KINDS.items()}
CLOSED: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": _KINDS,
    "read": {state.value: (state.value,) for state in ReadState},
    "verdict": {verdict.value: (verdict.value,) for verdict in Verdict},
}
