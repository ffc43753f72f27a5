"""Articles, documents, anchors and annotations as plain Python: no Qt, no SQL, no files."""
