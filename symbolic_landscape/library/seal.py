"""The seal on what is kept: who cannot read the key file can write no entry that is believed.

The key is 32 random bytes in a file beside the store that only its owner can read. An entry carries
the HMAC of its place and its content, so that it can neither be written by another nor be moved.

Class: Seal. Function: key_file.

Design notes. Who can read the key can also change the program, so nothing more is asked of it. A
key file that others can read, or of another length, seals nothing: the store is then not used.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from pathlib import Path

_LENGTH = 32


def key_file(store: Path) -> Path:
    """Where the key for a store lies."""
    return store.with_name(f"{store.name}.key")


class Seal:
    """The key of one store, made on first use.

    Raises OSError where the key cannot be read or made, or is no key that its owner alone can read.
    """

    def __init__(self, store: Path) -> None:
        path = key_file(store)
        try:
            self._key = path.read_bytes()
        except FileNotFoundError:
            self._key = _made(path)
        shared = os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077
        if len(self._key) != _LENGTH or shared:
            message = f"{path} is no key of {_LENGTH} bytes that its owner alone can read"
            raise OSError(message)

    def of(self, place: str, content: str) -> str:
        """The seal on this content in this place, as hexadecimal digits."""
        text = f"{len(place)} {place}{content}".encode()
        return hmac.digest(self._key, text, "sha256").hex()

    def fits(self, place: str, content: object, seal: object) -> bool:
        """Whether the seal is that of the content; anything but texts is refused."""
        if not isinstance(content, str) or not isinstance(seal, str):
            return False
        return hmac.compare_digest(self.of(place, content).encode(), seal.encode())


def _made(path: Path) -> bytes:
    """A new key; where several processes make one at once, the first one counts."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_LENGTH))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes()
