"""What Typer finds wrong with a command's words, said as everything else that is wrong: what, and the way out."""

from collections.abc import Sequence
from typing import Any

from kcs.errors import KcsError, UsageProblem

# Letters exchanged, one missing or one too many, and not much else.
_LIKE = 0.75
_SAID = {
    "No such command": "there is no command",
    "Got unexpected extra argument(s)": "there are words too many:",
}
_WHERE = "kcs list shows the articles, kcs search WORDS finds one"


def as_ours(error: Any, command: str) -> KcsError | None:
    """One of Typer's errors as a sentence with a hint; None if it is the help.
    `command`: the one that was named, if any.
    """
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return None
    if kind == "MissingParameter":
        return _missing(error)
    if kind == "NoSuchOption":
        return _no_option(error, command)
    if kind == "BadOptionUsage":
        takes = "takes no value" if "does not take" in error.message else "needs a value"
        return UsageProblem(f"{error.option_name} {takes}", hint=_help(command))
    if kind == "BadParameter" and error.param is not None:
        return _bad_value(error, command)
    message, _, meant = str(error.message).partition(" Did you mean ")
    for theirs, ours in _SAID.items():
        message = message.replace(theirs, ours)
    return UsageProblem(message.rstrip("."), hint=f"did you mean {meant}" if meant else _help(command))


def _missing(error: Any) -> KcsError:
    name = str(error.param.get_error_hint(error.ctx)).strip("'")
    article = name.startswith("ARTICLE")
    what = "no article named" if article else f"{name} is missing"
    if choices := getattr(error.param.type, "choices", ()):
        what = _to_do(choices)
    hint = _example(error.ctx)
    return UsageProblem(what, hint=f"{hint}\n     {_WHERE}" if article else hint)


def _to_do(choices: Sequence[str]) -> str:
    return f"say what to do: {' or '.join(choices)}"


def _example(context: Any) -> str:
    first = (context.command.epilog or "").split("\n\n")[0]
    return f"such as: {first}" if first else _help(context.info_name)


def _no_option(error: Any, command: str) -> KcsError:
    """Of the options that Typer names instead, those that look like it: not `--archived` for `--no-cache`.

    If none does, a search may be for that very word.
    """
    from difflib import SequenceMatcher

    typed = str(error.option_name)
    word = typed.lstrip("-")
    near = [
        one
        for one in sorted(error.possibilities or ())
        if one.lstrip("-").startswith(word) or SequenceMatcher(None, word, one.lstrip("-")).ratio() >= _LIKE
    ]
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif command == "search":
        hint = _condition(word) or f"as a word to look for: kcs search -- {typed}"
    else:
        hint = _help(command)
    return UsageProblem(f"there is no option {typed}", hint=hint)


def _condition(word: str) -> str:
    """For a filter of `kcs list` and its like, how a search says the same; empty for another word."""
    from kcs.search.language import EXAMPLES

    if word == "untrusted":
        return "in a search that is a condition: trusted:no"
    field = {"language": "lang"}.get(word, word)
    example = next((said for name, said in EXAMPLES.items() if name == field), "")
    return f"in a search that is a condition, such as {field}:{example}" if example else ""


def _bad_value(error: Any, command: str) -> KcsError:
    from difflib import get_close_matches

    param, what = error.param, str(error.message).rstrip(".")
    name = max(param.opts, key=len) if param.param_type_name == "option" else param.human_readable_name
    typed, _, wanted = what.partition(" is not ")
    least, most = getattr(param.type, "min", None), getattr(param.type, "max", None)
    if wanted.startswith("a valid int"):
        what = f"{typed} is no whole number"
    elif wanted.startswith("a valid float"):
        what = f"{typed} is no number"
    elif wanted.startswith("in the range"):
        what = (
            f"{typed} is not from {least} to {most}" if most is not None else f"{typed} is less than {least}"
        )
    choices = getattr(param.type, "choices", ())
    near = get_close_matches(typed.strip("'"), choices, 1, 0.6)
    hint = f"did you mean {near[0]!r}?" if near else ""
    if choices and param.param_type_name == "argument":
        return UsageProblem(f"{_to_do(choices)}, not {typed}", hint=hint or _example(error.ctx))
    return UsageProblem(f"{name}: {what}", hint=hint or _help(command))


def _help(command: str) -> str:
    return f"kcs {command} --help shows what it takes" if command else "kcs --help lists the commands"
