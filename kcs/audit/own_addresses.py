"""Links by the address that readers see (`https://support.example.com/how-to/x`), as the base would spell them.

Only for the audit: a fingerprint covers such a link letter by letter, and its formula is frozen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kcs.kb.settings.config import Config

_SCHEMES = ("http", "https")


def at_home(config: Config, spelt: str) -> str:
    """The link from the site's root that an address below `[links] site` stands for; any other link as it is."""
    if not config.link_site or "://" not in spelt:
        return spelt
    scheme, _, address = spelt.partition("://")
    host, path = _parts(address)
    own_host, own_path = _parts(config.link_site.partition("://")[2])
    own_path = own_path.rstrip("/")
    if scheme.lower() not in _SCHEMES or host.casefold() != own_host.casefold():
        return spelt
    rest = path[len(own_path) :]
    if not path.startswith(own_path) or (rest and rest[0] not in "/?#"):
        return spelt
    return config.link_root.rstrip("/") + (rest if rest.startswith("/") else f"/{rest}")


def _parts(address: str) -> tuple[str, str]:
    end = next((at for at, sign in enumerate(address) if sign in "/?#"), len(address))
    return address[:end], address[end:]
