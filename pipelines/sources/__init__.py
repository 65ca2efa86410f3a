"""One module per published dataset: `parse(capture)` turns its files into tidy figure rows. No network, no clock."""
