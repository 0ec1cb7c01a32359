"""Engines keep the terms of articles and find them again: one module each, all behind one protocol (engine.py)."""
