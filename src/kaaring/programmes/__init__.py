"""Organisers' programmes, their editions, the rules of an edition as data, and who has a part in it."""
