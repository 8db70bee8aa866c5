"""A nominee's own page, opened by its address alone: what is said, and consent."""
