"""Letters that wait: drafted per language, looked at, sent in one go, never twice."""
