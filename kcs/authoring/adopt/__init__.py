"""Adopting an existing repository's articles as they are: derive their names for things, show them, write kcs.toml."""

from kcs.authoring.adopt.plan import Plan, make_plan
from kcs.authoring.adopt.survey import Survey, survey

__all__ = ["Plan", "Survey", "make_plan", "survey"]
