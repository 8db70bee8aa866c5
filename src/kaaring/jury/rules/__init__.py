"""What may be done in a jury, and if not, why: a module for each noun."""
