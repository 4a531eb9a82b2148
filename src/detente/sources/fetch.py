"""Fetches a page that the user named: http and https only, public addresses only, bounded in size and time.

The check of addresses and the cap on decoded bytes follow `research/ecosystem.md` 6.2: a plain `get` inflated 292 KB of
gzip to 300 MB.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from urllib.parse import urljoin, urlsplit

from detente.errors import MissingExtraError, SourceError

MAX_REDIRECTS = 5
TIMEOUT_S = 30.0
AGENT = "detente (reads what it is told to; https://github.com/detente-project/detente)"


def fetch(url: str, limit: int, *, allow_private: bool = False) -> tuple[bytes, str, str]:
    """The bytes at an address.

    Args:
        url: An http or https address.
        limit: The most decoded bytes to take.
        allow_private: Also fetch from this machine and private networks (for intranets and tests).

    Returns:
        The body, its content type in lower case without parameters, and the address after redirects.

    Raises:
        MissingExtraError: without the extra `html`.
        SourceError: where the address is refused, does not answer, or sends too much.
    """
    try:
        import httpx2
    except ImportError:
        raise MissingExtraError("html", "fetching an address") from None
    here = url
    try:
        with httpx2.Client(
            timeout=TIMEOUT_S, follow_redirects=False, trust_env=not allow_private, headers={"user-agent": AGENT}
        ) as client:
            for _ in range(MAX_REDIRECTS + 1):
                _allowed(here, url, allow_private)
                with client.stream("GET", here) as response:
                    if response.is_redirect:
                        here = urljoin(here, response.headers["location"])
                        continue
                    if response.status_code >= 400:
                        raise SourceError(
                            f"answered {response.status_code}", where=url, mend="open it in a browser and save the page"
                        )
                    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
                    return _body(response, limit, url), kind, here
    except httpx2.HTTPError as error:
        raise SourceError(
            f"could not be fetched: {error or type(error).__name__}",
            where=url,
            mend="check the address and the network",
        ) from None
    raise SourceError(f"redirects more than {MAX_REDIRECTS} times", where=url)


def _body(response: object, limit: int, url: str) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():  # type: ignore[attr-defined]
        body += chunk
        if len(body) > limit:
            raise SourceError(f"sends more than {limit:,} bytes", where=url, mend="save the part you need as a file")
    return bytes(body)


def _allowed(here: str, url: str, allow_private: bool) -> None:
    parts = urlsplit(here)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError(f"leads to {here!r}, which is no http or https address", where=url)
    if allow_private or _through_proxy():
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme)
    except OSError as error:
        raise SourceError(
            f"has a host that is not found: {parts.hostname}", where=url, mend="check the address and the network"
        ) from error
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).split("%")[0]).is_global:
            raise SourceError(
                f"leads to {parts.hostname}, which is not a public address",
                where=url,
                mend="save the page as a file and add that",
            )


def _through_proxy() -> bool:
    """Behind a proxy names are resolved there, and the proxy decides what may be reached."""
    return any(os.environ.get(name) for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"))
