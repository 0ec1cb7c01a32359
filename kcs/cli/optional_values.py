"""Options of kcs audit whose value may be left out."""

from typing import Any

from typer.core import TyperCommand

from kcs.errors import UsageProblem

# Options whose value may be left out, and its substitute. A value is distinguished from a path by its ending.
_BARE = {"--baseline": ".tsv", "--trust-may-not-fall": ""}
_NO_ARTICLES = (".txt", ".csv", ".json")


class OptionalValues(TyperCommand):
    """Lets `--baseline` and `--trust-may-not-fall` stand alone;
    Typer knows no option with a value that may be left out.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer's, where a bare option gets the empty value.
        A second --format would take the place of the first, unsaid.
        """
        if sum(one == "--format" or one.startswith("--format=") for one in args) > 1:
            raise UsageProblem(
                "--format is given twice, and stdout has one", hint="--output FORMAT:FILE writes one more"
            )
        filled = []
        for place, word in enumerate(args):
            following = args[place + 1] if place + 1 < len(args) else "-"
            bare = word in _BARE and (following.startswith("-") or not following.endswith(_BARE[word]))
            if bare and word == "--baseline" and following.endswith(_NO_ARTICLES):
                raise UsageProblem(
                    f"{following} would be an article to audit: a baseline's name ends in .tsv",
                    hint=f"--baseline={following} takes it all the same",
                )
            filled.append(f"{word}=" if bare else word)
        return super().parse_args(ctx, filled)
