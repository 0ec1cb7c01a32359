"""Front matter as it should not be written but is: each block is legal or nearly so, and hard on a splicer."""

from __future__ import annotations

_LITERALS = [
    f"{head}: {sign}{chomp}{indent}\n{body}{tail}"
    for head, sign in (("verified", "|"), ("title", ">"))
    for chomp in ("", "-", "+")
    for indent, body in (
        ("", "  one\n\n   two\n  # no comment\n"),
        ("1", "  one\n   two\n"),
        ("", "\n\n    deep\n"),
    )
    for tail in ("", "\n\nlast: 1\n", "# note\nlast: 1\n", "\n  # inside or not\n\nlast: 'x'\n")
]

# A blank line parts two blocks; one inside a block is written ␤.
_BLOCKS = r"""
title: plain

title: plain # comment
verified:
flags: ~

title: 'it''s quoted' # it's a comment
audit_date: '2020-05-04'
version: 1.10
answer: no

title: "a \"double\" quoted: # value"   # trailing
verified: null # nothing yet

title: "folded
  over lines
␤
  and \
  more"
verified: []

title: 'single
  over
␤
  lines'
flags: [ ]

title: plain over
  several
    lines # with a comment
verified: [a, b, ]

title:
  on the next line
verified:
  - {by: "human:jd", at: 2026-11-20T09:12:00Z}

title: # why
␤
  after a comment
verified: # who
  # first
  - {by: x} # one
  # second
  - {by: y} # two
  # behind
# own

verified:
- {by: x}
- by: y
  at: 2026-01-01
next: 1

verified:
-
  by: x
-   by: y
    at: z
-
- - nested
  - list
next: 1

verified: {by: x, at: 2026-01-01}

verified: {by: x, at: 2026-01-01} # bare

verified:
  by: x
  at: 2026-01-01
next: 1

verified: # head
  by: x # a
  # between
  note: |
    text
␤
     more
  at: 2026-01-01
␤
# end

verified: {by: x, # one
  # two
  at: y} # three
next: 1

verified: [ {by: x}, # one
            {by: y}  # two
          ]
next: 1

verified: [
  a, # first
  # own
  b # second
]   # end

verified: [[a, b], {c: d}, e: f, "g, h", 'i', ]

verified: [a: b, c]

verified: &stamp
  - {by: x}
next: 1

verified: &stamp
  - {by: x}
copy: *stamp

verified:
  - &one {by: x}
  - *one
next: 1

verified:
  - &one {by: x}
copy: *one

base: &base {a: 1}
verified: *base
next: 1

base: &base
  a: 1
<<: *base
b: 2

<<: {title: merged, verified: [x]}
b: 2

<<: [{a: 1}, {title: other}]
title: own

title: one
title: two
next: 1

verified: [a]
next: 1
verified: [b]

other: one
other: two
title: x

? title
: explicit
next: 1

? title : x
next: 1

? |
  block key
: - one
title: x

"title": "quoted key"
'verified': ['x']

"ti\x74le": escaped key

title : blank before the colon
verified : [a]

title: !!str 2020
next: 1

title: !custom x

verified: !!seq [a]
next: 1

verified: !!seq
- a

title: !!binary aGVsbG8=
when: !!timestamp 2026-99-99

{title: flow root, verified: [a]}

{title: flow root,
 verified: [a]} # end

!!map
title: x

&root
title: x

- a list

just a text

~

# only a comment

# one comment
␤
# and another

  title: indented root
  verified:
    - a
  next: 1

  # indented
  title: x # y
 # less
  verified: ~

title:	tab
verified:	[a,	b]	# tab

title: a	b
next: "	x	"

title: مرحبا بالعالم
verified: [العربية, "نص: آخر"] # تعليق
next: ‏rtl‏

title: ภาษาไทย # ความคิดเห็น
"คีย์": ค่า
verified: ~

title: 😀 non-BMP 𝔘
"😀": [𝔘, 😀] # 😀
verified: - not a list

title: 😀
verified:
  - {by: 😀, note: "𝔘"} # 😀
next: 😀

title: a#b c #d
url: http://x/#frag # real
verified: "#no" #yes

title: '#' #c
next: "#"

title: [] # empty
next: {}
verified: {}

title: {}
verified:
  []

title:
  {a: b,
   c: d}
next: 1

verified:
  # only a comment follows

verified:
␤
  # blank, comment
␤
next: 1

title: x
␤
␤
verified:
␤
␤
next: 1
␤

title: "very long AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
verified:
    - deep
    - deeper
next: 1

verified:
  -   wide: dash
      more: 1
  -	tab: after

verified:
 - one
 - "multi
   line" # c
 - plain
   multi
 - |
   literal
 - >+
   keep
␤
next: 1

text: |+
  kept
␤
verified:
  - a
␤
next: 1

text: |+
  kept
␤
␤
title: x
␤
end: y

text: |
  literal
verified:
    # deeper than the text
    - a

title: x
text: |
␤
  starts empty

title: x
text: |2
    two more
   one more

title: x
text: >-

title: x
text: |

title: x
text: |+

title: null
verified: Null
flags: NULL

title: true
verified: TRUE
flags: False

title: ""
verified: ''
flags: " "

title: -1
verified: - x
flags: -

on: push
yes: 1
no: 2
null: 3
~: 4
true: 5

404: not found
1.10: version
2026-05-01: day

[a]: sequence key

{a: b}: mapping key

? [a, b]
: complex
title: x

a.b/c-d_e: odd key
"a: b": key with colon
"#": hash key
'''': quote key
title: x

title: 'x'#no comment

title: [a]#comment
verified: {by: x}#comment

title: a: b

title: "unclosed

title: [unclosed

title: {a: b

title: @reserved

title: `reserved

title: %percent

title: *missing

	title: tab indented

title: x
  verified: wrong indent

title: x
 - odd

verified:
  - a
 - b

verified:
- a
title: x
- b

<<<<<<< HEAD
title: a
=======
title: b
>>>>>>> other

title: a
=======
verified: b

a: &a [x]
b: &b [*a, *a]
c: &c [*b, *b]
verified: [y]

a: &a [*a]
verified: [y]

a: &x 1
b: &x 2
c: *x
verified: *x

verified: [*x]
x: &x 1

title: &t text
copy: *t
next: *t

&k title: anchor on a key
copy: *k

*k : alias key
k: &k x

title: one # c1
# c2
next: two # c3
␤
# c4
␤
verified: # c5
# c6
- a # c7
# c8
- b # c9
# c10

flags:
  - {by: "human:kp", at: 2026-11-21, reason: unclear, note: "which # menu?"} # open
  - by: "human:jd"
    reason: wrong # really
    note: >
      folded
      text
␤
  - {by: x,
     reason: style}
stale_after: 2027-02-18

type: Solution                 # OKF's one required key
id: kb-7f3q9xk2                # random
title: Outlook 2013 keeps asking for the password
tags: [outlook, imap]
verify_every: 90d              # else the policy's
verified:                      # one entry a verifier
  - {by: "human:jd", at: 2026-11-20T09:12:00Z, content: "kcs1:9f2c", note: "retested on 4.3", ticket: ZD-9912}
stale_after: 2027-02-18        # written by verify
sources: [{id: zd-9912, resource: "ticket:ZD-9912", last_modified: 2026-11-19}]

permalink: some-page/
audit_date:
title: 'Some page'
las_modified_date: '2016-01-22'
product: Cloud Servers
product: Cloud Servers

layout: post
categories: [a,b ,c]
tags:
    - x
␤
    - y
# tail
␤
␤

title: |-
   odd
    indents
verified: [
␤
  a
␤
  ]
next: 1

deep: {a: {b: {c: [d, {e: f}]}}}
verified: [{a: [b, {c: d}]}, [[]]]

deep:
  a:
    b:
      - c:
          - d: |
              text
            e: f
verified: x

title: x ... y
text: "--- no"
more: '...'

title: a\
verified: "\\"
next: "\u2028\x85\U0001F600"
"""

_EXTRA = [
    "",
    "\n",
    "\n\n\n",
    "   \n",
    "title: a\u2028verified: b\u2028next: c\n",
    "title: x # a\x85verified: y # b\x85next: z\n",
    "title: a\u00a0b\nverified: \u00a0\n",
    "title: \ufeffx\nverified: \ufeff\n",
    "title: x\nverified: a\u200fb\u202ec # \u202e\nnext: 1\n",
    "title: x\rverified: [a]\rnext: 1\r",
    "title: x\r\nverified: [a]\nnext: |\r\n  a\n  b\r\n\r\n",
    "title: x\x07\n",
    "? - a\n  - b\n: x\ntitle: y\n",
    "? title\n: explicit\nverified: [a]\nnext: 1\n",
    "title: '" + "x" * 5000 + "'\nverified: [" + "a, " * 500 + "]\n",
    "x" * 1100 + ": long key\ntitle: y\n",
    "".join(f"k{number}: {number}\n" for number in range(500)) + "verified: [a]\n",
    "title: " + "[" * 30 + "]" * 30 + "\nverified:\n  - a\n",
    "verified: ~   \nnext: 1   \n",
    "%TAG ! tag:x,2000:\n",
    "title: !<tag:yaml.org,2002:str> x\n",
]

BLOCKS: list[str] = [
    *(part.replace("␤", "") + "\n" for part in _BLOCKS.strip("\n").split("\n\n")),
    *_EXTRA,
    *_LITERALS,
]
