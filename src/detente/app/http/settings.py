"""How the server is set up, checked before it starts."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import UsageError

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Settings:
    """What the server allows. Sizes are in bytes, times in seconds.

    Args:
        address: The address to listen on.
        port: The port; 0 lets the system choose.
        token: What a client must show, as a bearer token or as the password of HTTP basic authentication.
        hosts: Host names by which the server may be called, beside those of its address.
        target: The longest path and query.
        answer: The longest time an answer may take.
        cache: How much of what was answered is kept for the next who asks the same.
        look: How long a look at the archive's version holds good.
    """

    address: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    hosts: tuple[str, ...] = ()
    target: int = 4096
    answer: float = 30.0
    cache: int = 64 << 20
    look: float = 1.0

    @property
    def names(self) -> frozenset[str]:
        """Every name that the Host header may hold, in lower case and without port."""
        own = LOOPBACK_NAMES if loopback(self.address) else (_bracketed(self.address),)
        return frozenset(name.lower() for name in (*own, *self.hosts))


def checked(address: str, port: int, token: str | None, hosts: Sequence[str]) -> Settings:
    """The settings of a server that may be started.

    Raises:
        UsageError: for an address that others can reach without a token, or one that stands for all without a name.
    """
    if not loopback(address):
        if not token:
            raise UsageError(
                f"{address} can be reached from other machines",
                mend="keep 127.0.0.1, or add --token SECRET, which every client must then show",
            )
        if address in ("0.0.0.0", "::") and not hosts:
            raise UsageError(
                f"{address} stands for every address of this machine, so the server does not know its name",
                mend="add --allow-host NAME, the name by which clients call it",
            )
    if token is not None and len(token) < 16:
        raise UsageError("the token is too short to be secret", mend="use 16 characters or more")
    return Settings(address=address, port=port, token=token, hosts=tuple(hosts))


def loopback(address: str) -> bool:
    """Whether only this machine can reach the address."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        raise UsageError(f"{address!r} is no address", mend="write 127.0.0.1, or an address of this machine") from None


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
