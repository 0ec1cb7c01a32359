"""What is asked and not answered."""
