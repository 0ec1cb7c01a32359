"""What keeps the terms of articles and finds them again: one module an engine, all behind one protocol (engine.py)."""
