"""What Git's history says of articles: versions, where a value came in, earlier texts."""
