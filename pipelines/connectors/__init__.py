"""One module per protocol. Each takes a declared address and writes the publisher's bytes into a folder of its own."""
