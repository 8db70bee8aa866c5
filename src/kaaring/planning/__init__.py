"""Who reads what: jurors assigned to entries, and names likely to mean the same organisation or person.

Pure functions; they know no database, no clock and no language. Import the module that is meant:
``kaaring.planning.assignment`` loads SciPy and is for workers and commands, ``kaaring.planning.names`` is
light enough for pages.
"""
