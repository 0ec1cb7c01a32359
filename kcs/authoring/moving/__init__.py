"""Moving articles and files: every link to them is rewritten, and each counts as before."""

from kcs.authoring.moving.archive import Archived, archive, plan_archive
from kcs.authoring.moving.move import carry_out, plan_move
from kcs.authoring.moving.plan import Moving, Respelt

__all__ = ["Archived", "Moving", "Respelt", "archive", "carry_out", "plan_archive", "plan_move"]
