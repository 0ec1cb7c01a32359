"""What guards a new base: hooks before each commit, and jobs for the two large hosts. Each explains itself."""

from __future__ import annotations

HOOKS = """\
# What runs before each commit and push: pip install pre-commit, then
#   pre-commit install --hook-type pre-commit --hook-type pre-merge-commit --hook-type pre-push
repos:
  - repo: local
    hooks:
      - id: kcs-check
        name: front matter, dates and text of the staged articles
        entry: kcs check
        language: system
        files: '(?i)\\.(md|markdown|mdown|mdx)(\\.[a-z0-9]+)?$'
        require_serial: true
        stages: [pre-commit, pre-merge-commit, manual]
      - id: kcs-verified
        name: somebody vouches for exactly the staged text
        entry: kcs check --verified
        language: system
        files: '(?i)\\.(md|markdown|mdown|mdx)(\\.[a-z0-9]+)?$'
        require_serial: true
        stages: [pre-commit, pre-merge-commit, manual]
      - id: kcs-audit
        name: all rules over what the branch touches
        entry: kcs audit --changed-since @{upstream}
        language: system
        pass_filenames: false
        always_run: true
        stages: [pre-push]
"""
GITHUB = """\
# Each pull request is judged by what it touches; every night the whole base is.
name: Knowledge base
on:
  pull_request:
  schedule:
    - cron: "17 3 * * *"
  workflow_dispatch:
permissions:
  contents: read
env:
  KCS_SOURCE: git+https://github.com/OWNER/kcs@v0.1.0 # where your team has kcs
jobs:
  change:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with:
          fetch-depth: 0 # what vouches for an article is in its history
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - run: pip install --quiet "$KCS_SOURCE"
      - name: Audit
        env:
          BASE: refs/remotes/origin/${{ github.base_ref }} # a tag may be called origin/main
        run: |
          code=0
          kcs audit --changed-since "$BASE" --format github --output "markdown:$RUNNER_TEMP/audit.md" || code=$?
          if [ -f "$RUNNER_TEMP/audit.md" ]; then cat "$RUNNER_TEMP/audit.md" >> "$GITHUB_STEP_SUMMARY"; fi
          exit "$code"
  night:
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - run: pip install --quiet "$KCS_SOURCE"
      - name: Audit
        run: |
          code=0
          kcs audit --output "markdown:$RUNNER_TEMP/audit.md" || code=$?
          if [ -f "$RUNNER_TEMP/audit.md" ]; then cat "$RUNNER_TEMP/audit.md" >> "$GITHUB_STEP_SUMMARY"; fi
          exit "$code"
"""
GITLAB = """\
# Each merge request is judged by what it touches; the nightly pipeline (CI/CD, Schedules) judges the whole base.
.kcs:
  image: python:3.12
  variables:
    GIT_DEPTH: 0 # what vouches for an article is in its history
    KCS_SOURCE: git+https://github.com/OWNER/kcs@v0.1.0 # where your team has kcs
  before_script:
    - pip install --quiet "$KCS_SOURCE"
knowledge base, change:
  extends: .kcs
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - target="refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" # the whole name: a tag may be called origin/main
    - git fetch --quiet origin "+refs/heads/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:$target"
    - kcs audit --changed-since "$target" --output gitlab:kcs-quality.json --output junit:kcs-audit.xml --output markdown:kcs-audit.md
  artifacts:
    when: always
    paths: [kcs-audit.md]
    reports:
      codequality: kcs-quality.json
      junit: kcs-audit.xml
knowledge base, night:
  extends: .kcs
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - kcs audit --output junit:kcs-audit.xml --output markdown:kcs-audit.md
  artifacts:
    when: always
    paths: [kcs-audit.md]
    reports:
      junit: kcs-audit.xml
"""
