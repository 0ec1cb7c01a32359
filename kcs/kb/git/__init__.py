"""The Git repository of a knowledge base: pipes for what is read, GitPython for one commit."""
