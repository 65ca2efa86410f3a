"""The static twin: the pages of an edition as plain files that any host can serve; no server, no script needed."""
