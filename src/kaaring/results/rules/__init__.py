"""What may be decided, published, released and told, and if not, why."""
