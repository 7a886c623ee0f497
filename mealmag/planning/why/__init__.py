"""Why a finished plan is as it is: what each rule leaves, what each goal pays, whence the magnesium comes.

Everything is counted from the plan's portions and the catalogue, in exact decimals; nothing is planned.
"""
