"""Claims: statements that stand apart from the passages that mention them."""

from collections.abc import Iterable, Mapping

from desktop.core.errors import NotFound
from desktop.core.ids import new_id
from desktop.core.records import Annotation, Claim, Verdict
from desktop.core.sortkeys import name_key
from desktop.core.times import now
from desktop.store.annotations import annotations_of_claim, live_counts
from desktop.store.archive import Archive, Values
from desktop.store.trees import ids_json


def all_claims(archive: Archive) -> list[Claim]:
    """All claims, the newest first."""
    return list(reversed(_load(archive, "true", ())))


def claim(archive: Archive, claim_id: str) -> Claim:
    """One claim.

    Raises:
        NotFound
    """
    found = _load(archive, "id = ?", (claim_id,))
    if not found:
        raise NotFound("claim", claim_id)
    return found[0]


def claims(archive: Archive, ids: Iterable[str]) -> list[Claim]:
    """These claims, the oldest first; unknown ids are left out."""
    return _load(archive, "id IN (SELECT value FROM json_each(?))", (ids_json(ids),))


def find_claim(archive: Archive, statement: str) -> Claim | None:
    """The claim with this statement, but for case and spaces."""
    found = _load(archive, "statement_key = ?", (name_key(statement),))
    return found[0] if found else None


def _load(archive: Archive, condition: str, values: Values) -> list[Claim]:
    rows = archive.rows(
        "SELECT id, statement, verdict, note, created_at, updated_at FROM claims "
        f"WHERE {condition} ORDER BY id",
        values,
    )
    return [Claim(i, statement, Verdict(verdict), *rest) for i, statement, verdict, *rest in rows]


def mentions(archive: Archive, claim_id: str) -> list[Annotation]:
    """The live annotations that mention the claim, the oldest first."""
    return annotations_of_claim(archive, claim_id)


def mention_counts(archive: Archive) -> dict[str, int]:
    """How many live annotations mention each claim, in articles that are not in the trash."""
    return live_counts(archive, "claim_id")


def make_claim(archive: Archive, statement: str) -> str:
    """The id of the claim with this statement, made where it is missing.

    Raises:
        ValueError: The statement is empty.
    """
    statement = tidy(statement)
    if found := find_claim(archive, statement):
        return found.id
    claim_id, moment = new_id(), now()
    archive.write(
        "INSERT INTO claims (id, statement, statement_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
        (claim_id, statement, name_key(statement), moment, moment),
    )
    return claim_id


def tidy(statement: str) -> str:
    """The statement without space around it.

    Raises:
        ValueError: Nothing is left.
    """
    if not (tidied := statement.strip()):
        raise ValueError("a statement is needed")
    return tidied


def set_fields(archive: Archive, claim_id: str, fields: Mapping[str, str]) -> None:
    """Set ``statement``, ``verdict`` or ``note``."""
    columns = dict(fields)
    if unknown := columns.keys() - {"statement", "verdict", "note"}:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    if "statement" in columns:
        columns["statement"] = tidy(columns["statement"])
        columns["statement_key"] = name_key(columns["statement"])
    for name, value in columns.items():
        archive.write(
            f"UPDATE claims SET {name} = ?, updated_at = ? WHERE id = ? AND {name} IS NOT ?",
            (value, now(), claim_id, value),
        )


def remove(archive: Archive, claim_id: str) -> None:
    """Delete a claim; its mentions stay as marks without one."""
    archive.write("DELETE FROM claims WHERE id = ?", (claim_id,))
