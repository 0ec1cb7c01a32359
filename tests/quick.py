"""The real program without an interpreter of its own: for files with many small runs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kcs.cli.main import app
from tests.conftest import JD, Result, Run, identity
from tests.forking import exit_code, kcs_into


def in_process(patch: pytest.MonkeyPatch, kcs_env: Mapping[str, str], tmp_path: Path) -> Run:
    """As the fixture `run`, in this process."""

    def call(
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        who: Mapping[str, str] = JD,
        stdin: str = "",
    ) -> Result:
        with patch.context() as here:
            here.chdir(cwd or tmp_path)
            here.setenv("KCS_DEBUG", "1")
            here.delenv("CI", raising=False)  # as in kcs_env: where the tests run is not what they are about
            for name, value in {**kcs_env, **identity(who), **(env or {})}.items():
                here.setenv(name, value)
            done = CliRunner().invoke(app, [str(one) for one in args], input=stdin, prog_name="kcs")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Result(done.exit_code, done.stdout, done.stderr)

    return call


def in_fork(kcs_env: Mapping[str, str], tmp_path: Path) -> Run:
    """As the fixture `run`, in a process forked from one that has kcs
    loaded: nothing that one run has in memory is there for the next.
    """

    def call(
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        who: Mapping[str, str] = JD,
        stdin: str = "",
    ) -> Result:
        around = {**kcs_env, **identity(who), **(env or {})}
        streams = tempfile.NamedTemporaryFile
        with streams() as given, streams() as out, streams() as err:
            given.write(stdin.encode())
            given.flush()
            words = [str(one) for one in args]
            code = exit_code(kcs_into, given.name, out.name, err.name, words, cwd or tmp_path, around)
            result = Result(code, out.read().decode(), err.read().decode())
        assert "Traceback" not in result.err and "internal error" not in result.err, result.err
        return result

    return call
