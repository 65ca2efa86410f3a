"""Briefings: view states to one offline page, PDF, slides and data. No server, no network, no browser."""
