#!/bin/sh
# history.sh FOLDER: this base as a new repository in FOLDER, with the defects that take a history, or that as files here would
# hurt other tools that read this repository. Then, in FOLDER: kcs audit --changed-since HEAD~2 --as-of 2026-12-01
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir "$1"
cp -R "$here/." "$1"
cd "$1"
rm history.sh
git init -q .

# commit DAY NAME EMAIL MESSAGE
commit() {
    git -c core.autocrlf=false add -A
    GIT_AUTHOR_DATE="$1T09:00:00Z" GIT_COMMITTER_DATE="$1T09:00:00Z" git -c "user.name=$2" -c "user.email=$3" \
        -c commit.gpgsign=false -c core.hooksPath=/dev/null commit -q -m "$4"
}

# article NAME ID TITLE SENTENCE LINES OF FRONT MATTER
article() {
    cat > "articles/$1.md" << EOF
---
type: Solution
id: $2
title: $3
audience: external
governance: experience
owner: desk
language: en
created: 2026-10-01
$5
---
## Issue

"$4"

## Environment

Every bike

## Resolution

Tell the station, which is called $3 there.
EOF
}

cat >> kcs.toml << 'EOF'

[fields]
verified_at = "checked"

[[policy]]
# Who wrote it does not verify it.
match = {tag = "second-eyes"}
second_eyes = true
EOF
plain="confidence: not-validated
status: draft"
article id-changed kb-1d0000a1 "The spoke is bent" "It clicks with each turn." "$plain"
article counterpart-changed kb-c0000aa1 "The tariff for groups" "We are twelve." "$plain
counterpart: kb-c0000aa2"
article counterpart-untouched kb-c0000aa2 "The tariff for groups, at the desk" "They are twelve." "$plain
counterpart: kb-c0000aa1"
article stamped-by-bot kb-b0700001 "The rack is too small" "My bag falls off." "$plain"
article date-moved kb-da7e0001 "The app shows last month" "Where are my rides?" "confidence: validated
status: stable
checked: 2026-09-01"
commit 2026-10-02 "Mai P." mai@pedal.example "The base as it is"

# KCS013, KCS117
article id-changed kb-1d0000a2 "The spoke is bent" "It clicks with each turn." "$plain"
article counterpart-changed kb-c0000aa1 "The tariff for groups" "We are thirteen." "$plain
counterpart: kb-c0000aa2"
# KCS111
article self-verified kb-5e1f0001 "The pump is gone" "There is only the hose." 'confidence: validated
status: stable
tags: [second-eyes]
verified:
  - {by: "human:tom", at: 2026-11-03T08:00:00Z, content: "kcs1:3f9cade6cb679e8434d92b7e8372176b", note: "as I wrote it"}'
# KCS110, KCS115, KCS116
article date-moved kb-da7e0001 "The app shows last month" "Where are my rides?" "confidence: validated
status: stable
checked: 2026-11-02"
article date-after-commit kb-da7e0002 "The code does not open the lock" "It blinks red." "confidence: validated
status: stable
checked: 2026-11-20"
article newer-formula kb-f0a00001 "The basket is too high" "I cannot see the road." 'confidence: validated
status: stable
verified:
  - {by: "human:mai", at: 2026-11-02T08:00:00Z, content: "kcs9:00", note: "by a newer kcs"}'
# KCS001, KCS023
printf '%s\n' --- '- type: Solution' --- '## Issue' > articles/list-for-keys.md
article byte-order-mark kb-b0a00001 "The horn is too loud" "People jump." "$plain"
printf '\357\273\277' | cat - articles/byte-order-mark.md > articles/mark.new && mv articles/mark.new articles/byte-order-mark.md
commit 2026-11-03 "Tom R." tom@pedal.example "What Tom changed"

# KCS105
article stamped-by-bot kb-b0700001 "The rack is too small" "My bag falls off." 'confidence: validated
status: stable
verified:
  - {by: "human:mai", at: 2026-11-10T08:00:00Z, content: "kcs1:6ed2f4b6a888ea4fb7292bc3a44a77ba", note: "read"}'
commit 2026-11-10 "pedal[bot]" "pedal[bot]@users.noreply.github.com" "Stamps"
