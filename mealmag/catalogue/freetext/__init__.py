"""What people write about what they ate, in English or Dutch: read into foods and grams, or asked about.

`line` splits a line into items, `meaning` finds the food and the grams of one. Nothing is guessed: what is
not sure is said to be so, with the foods or measures that it may be.
"""
