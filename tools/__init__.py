"""Tools that make the shipped data; not part of the package."""
