"""The Whoosh index: a disposable, stamped follower of the archive."""
