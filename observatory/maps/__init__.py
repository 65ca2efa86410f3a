"""Rows and outlines to maps: classes, a light SVG, a deck for the browser, legends; pure."""
