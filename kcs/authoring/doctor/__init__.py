"""What keeps kcs from working well here, and how to mend it: independent checks, one after the other."""
