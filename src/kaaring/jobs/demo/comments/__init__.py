"""Comments in natural bokmål, composed so that they fit the answers they stand beside."""
