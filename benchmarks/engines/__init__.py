"""One module for each way to a plan; each has `run(problem, trace, variant)`.

They are imported by name in a process of their own, so that import time and memory are theirs alone.
"""
