"""Run excellence awards in customer service."""
