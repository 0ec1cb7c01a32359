"""A Typer program that does nothing: what any command line built on Typer costs at least."""

import typer

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def main() -> None:
    """Nothing."""


app()
