"""Every read about a jury: a module for each noun."""
