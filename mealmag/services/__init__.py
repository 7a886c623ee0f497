"""The use cases, one function each. The two faces call these and nothing below them."""
