"""Everything that can happen in a jury: a module for each noun."""
