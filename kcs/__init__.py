"""What a support team knows, kept in Git, found at once, and known to be right."""

__version__ = "0.1.0"
