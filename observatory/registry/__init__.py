"""The catalogue: themes, sources, indicators, plans and targets, read once and checked hard."""
