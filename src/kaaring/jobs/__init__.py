"""Commands and background work: ids in, one action called."""
