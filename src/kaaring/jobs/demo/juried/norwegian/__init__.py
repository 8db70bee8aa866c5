"""The Norwegian edition, in bokmål."""
