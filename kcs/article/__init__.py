"""One article by itself: front matter, Markdown, fingerprint, stamps, trust.
Pure: no files, no Git, no terminal, no clock.
"""
