"""Plain values as text, tables, JSON and HTML. Nothing is worked out here."""
