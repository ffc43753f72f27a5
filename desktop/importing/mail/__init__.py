"""Messages, and mailboxes of them."""
