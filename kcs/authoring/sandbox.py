"""Runs a template's Jinja2: it reaches no file and no code, and ends within a second, whatever it says."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kcs.errors import FileProblem

SECONDS = 1.0
MAX_TEXT = 1_000_000
_MEMORY = 256 * 1024 * 1024
_MOST_BITS = 4096
_NAME = "<template>"


class _TooMuch(BaseException):
    """Not an Exception, so that nothing between here and the guard can swallow it."""


@pass_context
def _as_it_is(_: Any, value: Any) -> Any:
    # A finalizer that wants the context keeps Jinja2 from working out constants while it compiles, unguarded.
    return value


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """One operation cannot be interrupted, so its size is judged before it is done."""
        bits = [abs(one).bit_length() for one in (left, right) if isinstance(one, int)]
        if operator == "**":
            too_much = len(bits) == 2 and bits[0] * max(right, 0) > _MOST_BITS
        elif len(bits) == 2:
            too_much = sum(bits) > _MOST_BITS
        else:
            sizes = [one if isinstance(one, int) else len(one) for one in (left, right) if _has_size(one)]
            too_much = len(sizes) == 2 and sizes[0] * sizes[1] > MAX_TEXT
        if too_much:
            raise OverflowError(f"the result of {operator} would be too large")
        return super().call_binop(context, operator, left, right)


def _has_size(value: Any) -> bool:
    return isinstance(value, int) or hasattr(value, "__len__")


def render(text: str, values: Mapping[str, Any], path: str, first_line: int = 1) -> str:
    """The text that a template gives.
    FileProblem with the line in `path`, whose line `first_line` is `text`'s first.
    """
    environment = _Sandbox(
        undefined=StrictUndefined,
        finalize=_as_it_is,
        optimized=False,
        cache_size=0,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    del environment.globals["lipsum"], environment.filters["urlize"]
    hint = "mend the template; kcs new --preview shows what it produces"
    try:
        with _memory_bound():
            template = environment.from_string(text)
            with _time_bound():
                return _joined(template.generate(dict(values)))
    except TemplateSyntaxError as error:
        line = first_line + error.lineno - 1
        raise FileProblem(
            f"the template is broken: {error.message}", path=path, line=line, hint=hint
        ) from error
    except (Exception, _TooMuch) as error:  # a template can go wrong in every way a program can
        words = str(error) or type(error).__name__
        line = first_line + _line_of(error) - 1
        raise FileProblem(
            f"the template cannot be filled in: {words}", path=path, line=line, hint=hint
        ) from error


def _joined(pieces: Iterable[str]) -> str:
    parts, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_TEXT:
            raise _TooMuch(f"it gives more than {MAX_TEXT:,} characters")
        parts.append(piece)
    return "".join(parts)


def _line_of(error: BaseException) -> int:
    """The line of the template in which it went wrong, from frames that Jinja2 rewrote and from those it did not."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        elif trace.tb_frame.f_code.co_filename == _NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@contextmanager
def _time_bound() -> Iterator[None]:
    """Raises _TooMuch in Python code below this that still runs after SECONDS. Works on every system and thread."""
    end = monotonic() + SECONDS

    def watch(_frame: FrameType, _event: str, _argument: Any) -> Any:
        if monotonic() > end:
            raise _TooMuch(f"it takes longer than {SECONDS:g} second")
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def _memory_bound() -> Iterator[None]:
    """MemoryError below this for what would take more than _MEMORY on top, where the system can say and do so."""
    try:
        import resource
        from pathlib import Path

        used = int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
        wanted = used + _MEMORY
        if before[1] != resource.RLIM_INFINITY:
            wanted = min(wanted, before[1])
        resource.setrlimit(resource.RLIMIT_AS, (wanted, before[1]))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, before)
