"""Paths, profiles and atomic writes."""
