"""The diary on disk: one SQLite file of entries, with every change kept so that it can be undone."""
