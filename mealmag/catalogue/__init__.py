"""What can be eaten: foods, dishes and reference tables, loaded and validated."""
