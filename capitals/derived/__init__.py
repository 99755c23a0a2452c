"""What follows from the record and is never stored."""
