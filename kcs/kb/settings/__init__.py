"""kcs.toml and team.toml: their keys, how they are read, and what holds for one article."""
