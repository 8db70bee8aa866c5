"""English as an international public reads it."""
