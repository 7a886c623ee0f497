"""Compared engines and start-up times, run by hand: `python -m benchmarks`. Never a test."""
