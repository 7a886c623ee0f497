"""The widgets that Textual has not: the week's table, the search's line, a checklist."""
