"""The only rooms that import ortools."""
