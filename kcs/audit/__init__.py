"""What is wrong with articles, and how to mend it: the rules, the run over them, the baseline, the gates."""
