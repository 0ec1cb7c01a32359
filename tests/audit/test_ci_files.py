"""The files for CI are what their hosts take, and the ones of a new base and of this repository say the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from kcs.authoring.begin_ci import GITHUB, GITLAB, HOOKS
from tests.conftest import KCS_TOML, Base, Run

ROOT = Path(__file__).resolve().parents[2]


def schema(name: str) -> Any:
    pytest.importorskip(
        "check_jsonschema", reason="check-jsonschema is not installed: pip install --group test"
    )
    place = files("check_jsonschema.builtin_schemas.vendor") / f"{name}.json"
    return json.loads(place.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ((ROOT / "action.yml").read_text("utf-8"), "github-actions"),
        (GITHUB, "github-workflows"),
        (GITLAB, "gitlab-ci"),
        ((ROOT / "ci" / "gitlab.yml").read_text("utf-8"), "gitlab-ci"),
    ],
)
def test_each_is_what_its_host_takes(text: str, name: str) -> None:
    # A YAML 1.1 reader takes `on` for true.
    document = {"on" if key is True else key: value for key, value in yaml.safe_load(text).items()}
    found = schema(name)
    jsonschema.validators.validator_for(found)(found).validate(document)


def test_no_job_installs_whatever_somebody_may_publish_under_our_name() -> None:
    """No package index has kcs: where it comes from is named in one place of each file."""
    template = (ROOT / "ci" / "gitlab.yml").read_text("utf-8")
    for text in (GITHUB, GITLAB, template):
        assert text.count("pip install") == text.count('pip install --quiet "$KCS_SOURCE"') > 0
        assert text.count("KCS_SOURCE: git+https://") == 1


def test_the_hooks_of_a_new_base_are_those_that_ship() -> None:
    ours = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    theirs = {one["id"]: one for one in yaml.safe_load(HOOKS)["repos"][0]["hooks"]}
    assert ours.keys() == theirs.keys()
    for name, hook in theirs.items():
        same = {key: value for key, value in hook.items() if key not in ("name", "language")}
        assert same == {key: ours[name][key] for key in same}


def test_scripts_are_shell_and_take_no_expression_of_the_host() -> None:
    steps = [
        *yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"],
        *(step for job in yaml.safe_load(GITHUB)["jobs"].values() for step in job["steps"]),
    ]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) >= 4
    for script in scripts:
        assert "${{" not in script, "what a branch is called must not become part of a script"
        assert "python -m" not in script, "it would import from the folder that a pull request fills"
        assert subprocess.run(["bash", "-n"], input=script.encode(), check=False).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="the script is Bash's")
def test_the_action_hands_on_every_line_of_its_arguments(
    make_base: Callable[..., Base], tmp_path: Path
) -> None:
    base = make_base(
        {"kb/kcs.toml": KCS_TOML, "kb/articles/a.md": "---\ntype: Solution\ntitle: Problem\n---\nText.\n"}
    )
    step = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"][-1]
    places = {name: str(tmp_path / name.lower()) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = {**base.env, **places, "PATH": path, "RUNNER_TEMP": str(tmp_path), "KB": "kb", "SINCE": ""}
    told["GITHUB_EVENT_NAME"] = "schedule"

    def runs(more: str, **env: str) -> int:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command, cwd=base.root, env={**told, "MORE": more, **env}, capture_output=True, check=False
        )
        return done.returncode

    assert runs("") == 0  # warnings alone
    assert runs("--select KCS017") == 0
    assert runs("--select KCS017\n  --fail-on warning\n") == 1
    assert "title-generic" in (tmp_path / "github_step_summary").read_text("utf-8")
    # A checkout that holds nothing of the pull request must not pass it.
    change = {"GITHUB_EVENT_NAME": "pull_request_target", "SINCE": "HEAD"}
    assert runs("--select KCS017", **change) == 2
    base.commit({"kb/articles/b.md": "---\ntype: Solution\ntitle: The bell is silent\n---\nText.\n"})
    assert runs("--select KCS017", **{**change, "SINCE": "HEAD~1"}) == 0
    assert runs("", **{**change, "SINCE": "nowhere"}) == 2


def test_a_new_base_passes_its_own_gate(quick: Run, tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert quick("init", str(root), "--commit").code == 0
    for name in (".pre-commit-config.yaml", ".github/workflows/knowledge-base.yml", ".gitlab-ci.yml"):
        assert (root / name).is_file()
    told = quick("audit", cwd=root)
    assert told.code == 0, told.out
    assert quick("check", cwd=root).code == 0
