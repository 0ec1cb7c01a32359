"""What is kept of a base between runs, by column and by content: deleting it costs only time."""
