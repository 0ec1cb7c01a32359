"""The jobs for GitHub and GitLab, run as their hosts run them: their checkouts, their variables, their shells."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from kcs.authoring.begin_ci import GITHUB, GITLAB
from tests.conftest import JD, Base, Result, Run, identity

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the scripts are Bash's")
ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
TEMPLATE = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text("utf-8"))
ARTICLE = "articles/email/outlook.md"
PULL = "refs/remotes/pull/7/merge"


class Host:
    """A host with the base as `origin`, and one job at a time in a folder of its own."""

    def __init__(self, base: Base, folder: Path) -> None:
        self.base, self.folder, self.jobs = base, folder, 0
        base.git("clone", "--quiet", "--bare", ".", str(folder / "origin.git"))
        self.url = (folder / "origin.git").as_uri()
        base.git("remote", "add", "origin", self.url)

    def offer(self, branch: str) -> str:
        """Push a branch and what its merge into main would be, as hosts make it; that merge."""
        base = self.base
        base.git("checkout", "--quiet", "--detach", "main")
        base.git("merge", "--quiet", "--no-ff", "-m", "Merge into main", branch, **identity(JD))
        merged = base.git("rev-parse", "HEAD").strip()
        heads = [f"{where}/7/{what}" for where in ("pull", "merge-requests") for what in ("merge", "head")]
        refs = [f"+{merged if one.endswith('merge') else branch}:refs/{one}" for one in heads]
        base.git("push", "--quiet", "origin", "+main:main", f"+{branch}:refs/heads/change", *refs)
        base.git("checkout", "--quiet", "main")
        return merged

    def checkout(self, *fetched: str, depth: int = 0) -> Base:
        """A new folder with what was fetched, the first of it checked out without a branch."""
        self.jobs += 1
        root = self.folder / f"job{self.jobs}"
        root.mkdir()
        job = Base(root, self.base.env)
        job.git("init", "--quiet")
        job.git("remote", "add", "origin", self.url)
        cut = [f"--depth={depth}"] if depth else []
        job.git("fetch", "--quiet", "--prune", *cut, "origin", *fetched)
        job.git("checkout", "--quiet", "--force", "--detach", fetched[0].partition(":")[2])
        return job

    def github(self, merged: str, *, depth: int = 0) -> Base:
        """As actions/checkout does for a pull request, the one of a fork too."""
        wanted = f"+{merged}:{PULL}"
        return (
            self.checkout(wanted, depth=depth)
            if depth
            else self.checkout(wanted, "+refs/heads/*:refs/remotes/origin/*")
        )

    def gitlab(self, what: str, *, depth: int = 0) -> Base:
        """As GitLab's runner does; with GIT_DEPTH: 0 it fetches all branches."""
        wanted = f"+refs/merge-requests/7/{what}:refs/pipelines/1"
        return (
            self.checkout(wanted, depth=depth)
            if depth
            else self.checkout(wanted, "+refs/heads/*:refs/remotes/origin/*")
        )

    def run(self, job: Base, shell: list[str], script: str, **told: str) -> Result:
        """A script in the shell of its host; `kcs` is the program under test."""
        program = self.folder / "bin" / "kcs"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kcs "$@"\n')
        program.chmod(0o755)
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        env = {**self.base.env, "PATH": path, "CI": "true", **told}
        done = subprocess.run(
            [*shell, "-c", script], cwd=job.root, env=env, capture_output=True, check=False, timeout=120
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.out + result.err, result.err
        return result

    def workflow(self, job: Base, name: str = "change") -> Result:
        """The workflow that `kcs init` writes."""
        step = yaml.safe_load(GITHUB)["jobs"][name]["steps"][-1]
        told = self._github(job)
        return self.run(job, ["bash", "-e"], step["run"], BASE="refs/remotes/origin/main", **told)

    def action(self, job: Base, event: str, since: str, more: str = "") -> Result:
        """The action's last step."""
        told = {**self._github(job), "GITHUB_EVENT_NAME": event, "KB": ".", "SINCE": since, "MORE": more}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail"]
        return self.run(job, shell, ACTION["runs"]["steps"][-1]["run"], **told)

    def template(self, job: Base, ours: Any = TEMPLATE, name: str = "change") -> Result:
        """A job of GitLab's, whose lines share one shell."""
        script = "\n".join(ours[f"knowledge base, {name}"]["script"])
        told = {"GITLAB_CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        return self.run(job, ["bash", "-eo", "pipefail"], script, **told)

    def _github(self, job: Base) -> dict[str, str]:
        names = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
        places = {name: str(self.folder / f"{job.root.name}-{name.lower()}") for name in names}
        return {**places, "RUNNER_TEMP": str(self.folder), "GITHUB_ACTIONS": "true"}

    def summary(self, job: Base) -> str:
        """What stands under the pull request."""
        return (self.folder / f"{job.root.name}-github_step_summary").read_text("utf-8")


def today() -> str:
    """Asked anew each time: a commit on the day before its stamp would be a finding."""
    return datetime.now(UTC).date().isoformat()


@pytest.fixture
def host(native: Base, quick: Run, tmp_path: Path) -> Host:
    """Whose base is verified today: the jobs go by the clock."""
    assert quick("verify", ARTICLE, "kb-vpn00001", cwd=native.root).code == 0
    native.commit(day=today())
    return Host(native, tmp_path)


def branch(base: Base, quick: Run, *then: str) -> None:
    """A branch that changes a verified text, and then does this about it; main goes on meanwhile."""
    base.git("checkout", "--quiet", "-b", "change")
    base.write(ARTICLE, base.read(ARTICLE).replace("Start Outlook.", "Start Outlook again."))
    if then:
        assert quick(*then, cwd=base.root).code == 0
    base.commit(message="change", day=today())
    base.git("checkout", "--quiet", "main")
    base.commit({"notes.txt": "more"}, message="main goes on", day=today())


def every(host: Host, merged: str) -> dict[str, Result]:
    """The same change in each host's job."""
    return {
        "workflow": host.workflow(host.github(merged)),
        "action": host.action(host.github(merged), "pull_request", "refs/remotes/origin/main"),
        "queue": host.action(host.github(merged), "merge_group", host.base.git("rev-parse", "main").strip()),
        "request": host.template(host.gitlab("head")),
        "merged result": host.template(host.gitlab("merge"), yaml.safe_load(GITLAB)),
    }


def test_a_text_that_nobody_vouches_for_is_stopped_in_each(host: Host, quick: Run) -> None:
    branch(host.base, quick)
    merged = host.offer("change")
    for name, told in every(host, merged).items():
        assert told.code == 1 and "KCS102" in told.out, (name, told)
        assert "1 of 2 articles audited, changed since" in told.err, name
        assert "FETCH_HEAD" not in told.err and merged not in told.err, name
    job = host.github(merged)
    assert host.workflow(job).code == 1 and "1 article loses trust" in host.summary(job)
    job = host.gitlab("head")
    assert host.template(job).code == 1
    for file in ("kcs-quality.json", "kcs-audit.xml", "kcs-audit.md"):
        assert ARTICLE in job.read(file)


@pytest.mark.parametrize(
    "way",
    [
        ["verify", ARTICLE],
        ["verify", "--minor", ARTICLE, "-m", "a word"],
        ["flag", ARTICLE, "--reason", "changed", "-m", "one more word"],
        ["state", ARTICLE, "not-validated"],
    ],
    ids=lambda words: "-".join(one for one in words if one.isalpha()),
)
def test_each_way_out_passes(host: Host, quick: Run, way: list[str]) -> None:
    branch(host.base, quick, *way)
    merged = host.offer("change")
    for told in (host.workflow(host.github(merged)), host.template(host.gitlab("head"))):
        assert told.code == 0, told


def test_whoever_asks_that_trust_may_not_fall_stops_a_flag_too(host: Host, quick: Run) -> None:
    branch(host.base, quick, "flag", ARTICLE, "--reason", "wrong", "-m", "it is")
    job = host.github(host.offer("change"))
    told = host.action(job, "pull_request", "refs/remotes/origin/main", "--trust-may-not-fall")
    assert told.code == 1 and "trust fell" in told.err


def test_a_clone_that_is_cut_off_is_closed_and_says_what_brings_the_rest(host: Host, quick: Run) -> None:
    branch(host.base, quick, "verify", ARTICLE)
    merged = host.offer("change")
    for told in (
        host.workflow(host.github(merged, depth=1)),
        host.action(host.github(merged, depth=1), "pull_request", "refs/remotes/origin/main"),
        host.template(host.gitlab("head", depth=1)),
    ):
        assert told.code == 2 and "fetch-depth: 0" in told.err and "fatal" not in told.err, told
    whole = host.github(merged, depth=50)  # short enough to be whole, but without the other branch
    told = host.workflow(whole)
    assert told.code == 2 and "git fetch --all" in told.err
    whole.git("fetch", "--quiet", "--all")
    assert host.workflow(whole).code == 0, "what it says mends it"


def test_a_new_branch_has_no_commit_before_it(host: Host, quick: Run) -> None:
    branch(host.base, quick, "verify", ARTICLE)
    job = host.github(host.offer("change"))
    told = host.action(job, "push", "0" * 40)
    assert told.code == 2 and "a branch is new" in told.err and "origin/main" in told.err


def test_a_night_judges_all_and_tells_no_tale_of_a_history_that_it_lacks(host: Host, quick: Run) -> None:
    branch(host.base, quick)
    host.base.git("merge", "--quiet", "--no-edit", "change", **identity(JD))
    host.offer("main")
    for depth in (0, 1):
        job = host.checkout("+refs/heads/main:refs/remotes/origin/main", depth=depth)
        for told in (
            host.workflow(job, "night"),
            host.action(job, "schedule", "", "--min-trust 97"),
            host.template(job, name="night"),
        ):
            assert told.code == 1 and "KCS102" in told.out and "2 of 2 articles" in told.err
            assert "in no commit yet" not in told.out
            assert ("by J. Doe" in told.out) == (depth == 0)
