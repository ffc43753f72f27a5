"""The names that an archive's annotations refer to."""

from desktop.core.records import Vocabulary
from desktop.store.archive import Archive
from desktop.store.claims import all_claims
from desktop.store.people import all_people
from desktop.store.tags import all_tags


def vocabulary(archive: Archive) -> Vocabulary:
    """All tags, people and claims by id, in the order of their lists."""
    return Vocabulary(
        tags={tag.id: tag for tag in all_tags(archive)},
        people={person.id: person for person in all_people(archive)},
        claims={claim.id: claim for claim in all_claims(archive)},
    )
