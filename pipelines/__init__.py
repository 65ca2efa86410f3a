"""From a publisher's file to an immutable edition: the only code of the project that writes."""
