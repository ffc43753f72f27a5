"""From a selection of records to files for others: one module per format, see ``formats``."""
