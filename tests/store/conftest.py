from tests.archives import archive, archive_path, drones, empty_archive, flood

__all__ = ["archive", "archive_path", "drones", "empty_archive", "flood"]
