"""Taking on the articles of an existing repository as they are: derive what they call things, show it, write kcs.toml."""

from kcs.authoring.adopt.plan import Plan, make_plan
from kcs.authoring.adopt.survey import Survey, survey

__all__ = ["Plan", "Survey", "make_plan", "survey"]
