"""External links: which addresses articles lead to, and whether somebody still answers there.

The face: `addresses`, `Visit`, `Manner`, `visit_all`.
"""

from kcs.urls.found import Address, addresses
from kcs.urls.manner import Manner, Visit
from kcs.urls.visiting import visit_all

__all__ = ["Address", "Manner", "Visit", "addresses", "visit_all"]
