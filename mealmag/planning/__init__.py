"""From a complete, validated problem to a checked plan."""
