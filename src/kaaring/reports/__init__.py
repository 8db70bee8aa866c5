"""What a report says, and then its PDF."""
