"""One knowledge base: what configures it, its articles, its links,
its history in Git, its ledger, and what is kept between runs.
"""
