"""Captures: published bytes taken as they are, kept with their hash and date, and asked for when they are due."""
