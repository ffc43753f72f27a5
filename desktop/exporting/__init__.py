"""From a selection of records to files for others."""
