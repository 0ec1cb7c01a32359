"""What a team does together: pairs that review each other's calls, areas of responsibility, who did what this week."""
