"""Words that do not tell an article's topic: English ones anywhere, the others only in questions."""

from __future__ import annotations

from kcs.patterns import later


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = _words(
    "a an and are as at be but by for from has have how i if in into is it its my of on or so that the their then"
    " there these they this to was we were what when where which who why will with you your do does did can could"
    " should would not no am been being he she his her him them our us me about after also any because before"
    " between both each he more most other some such than through under until up very while out over only own same"
    " too down during further once here all few nor off"
)
VIETNAMESE = _words(
    "là gì nào ai đâu bao nhiêu thế sao khi như tại vì của có được và các những một cho với trong ở đã bị từ ra này"
    " đó để thì mà hay không ko đc người ta tôi bạn cái ạ nhé"
)
# As letters.arabic normalises them.
ARABIC = _words(
    "ما ماذا من متي اين كيف كم هل لماذا اي هو هي في علي عن الي التي الذي كان كانت تم هذا هذه ذلك و او مع"
    " بين عند قد لا لم ان الذين بماذا مما عما لمن منذ حتي ثم شلون ازاي كيفاش ليش ايش شنو"
)
THAI_QUESTION = later(
    "อะไร|ใคร|ที่ไหน|เมื่อไหร่|เมื่อไร|เมื่อใด|อย่างไร|ยังไง|ทำไม|กี่|เท่าไร|เท่าไหร่|เท่าใด|ไหน|ใด|หรือไม่|คือ"
)

# As typed in a hurry: isn't, isn’t, isnt. In articles they stay as they are.
_NOT = later(
    r"(?i)\b(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|ca|must|need|ai)n['\u2019]?t\b"
)
_MAY_BE = later(r"(?i)['\u2019]|nt\b")
_ENDS = later(r"(?i)(?<=[a-z])['\u2019](?:ve|re|ll|m|d)\b")


def said_whole(question: str) -> str:
    """A question without English contractions, whose `t`, `doesn` and `ve` name nothing; empty if it has none."""
    if not _MAY_BE.search(question):
        return ""
    return _ENDS.sub("", _NOT.sub(" ", question))
