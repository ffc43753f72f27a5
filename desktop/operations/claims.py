"""Keeping the ledger of claims."""

from desktop.core.records import Changes, Verdict
from desktop.store import claims
from desktop.store.archive import Archive
from desktop.store.history import operation

_LABELS = {"statement": "Edit claim", "verdict": "Set verdict", "note": "Edit claim's note"}


def create_claim(archive: Archive, statement: str) -> Changes:
    """Enter a statement into the ledger before it is met in any article.

    Raises:
        ValueError: The statement is empty.
    """
    with operation(archive, "Add claim") as step:
        claims.make_claim(archive, statement)
    return step.changes


def edit_claim(
    archive: Archive,
    claim_id: str,
    *,
    statement: str | None = None,
    verdict: Verdict | str | None = None,
    note: str | None = None,
) -> Changes:
    """Change what is given of a claim; None leaves a field as it is.

    Raises:
        NotFound
        ValueError: An empty statement or an unknown verdict.
    """
    claims.claim(archive, claim_id)
    fields = {"statement": statement, "verdict": verdict and str(Verdict(verdict)), "note": note}
    given = {name: value for name, value in fields.items() if value is not None}
    label = _LABELS[next(iter(given))] if len(given) == 1 else "Edit claim"
    with operation(archive, label) as step:
        claims.set_fields(archive, claim_id, given)
    return step.changes


def delete_claim(archive: Archive, claim_id: str) -> Changes:
    """Delete a claim from the ledger; its mentions stay as marks without one.

    Raises:
        NotFound
    """
    claims.claim(archive, claim_id)
    with operation(archive, "Delete claim") as step:
        claims.remove(archive, claim_id)
    return step.changes
