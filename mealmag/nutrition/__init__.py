"""The ground floor: nutrients, foods, portions, people and what they need. Pure arithmetic.

No files, no network, no solver, no screen.
"""
