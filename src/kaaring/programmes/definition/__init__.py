"""The rules of an edition as one file: its shape, reading and checking it, comparing and writing it."""
