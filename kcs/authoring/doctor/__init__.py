"""What keeps kcs from working well here, and how to mend it: one check after the other, each by itself."""
