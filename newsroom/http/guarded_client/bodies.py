"""Read and unpack a response body in pieces, so that neither a flood nor a bomb of zeros is ever held in memory."""

import http.client
import zlib
from typing import Protocol

from newsroom.http.guarded_client.connections import Deadline, FailureReason, RequestFailed

PIECE = 64 * 1024


class Decoder(Protocol):
    def decode(self, piece: bytes, most: int) -> bytes: ...

    def is_complete(self) -> bool: ...


class Plain:
    def decode(self, piece: bytes, most: int) -> bytes:
        return piece

    def is_complete(self) -> bool:
        return True


class Inflating:
    """gzip, and deflate as zlib has it or bare; what follows its end is skipped, as browsers do."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip, self._began = is_gzip, False
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 16 if is_gzip else zlib.MAX_WBITS)

    def decode(self, piece: bytes, most: int) -> bytes:
        """At most `most` bytes and one more, by which the caller sees that there are too many."""
        found = bytearray()
        while piece and len(found) <= most and not self._zlib.eof:
            found += self._inflate(piece, most + 1 - len(found))
            piece = self._zlib.unconsumed_tail
        return bytes(found)

    def _inflate(self, piece: bytes, most: int) -> bytes:
        began, self._began = self._began, True
        try:
            return self._zlib.decompress(piece, most)
        except zlib.error:
            if began or self._is_gzip:
                raise
            self._zlib = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._zlib.decompress(piece, most)

    def is_complete(self) -> bool:
        return self._zlib.eof or not self._began


def read_body(response: http.client.HTTPResponse, deadline: Deadline, *, most_bytes: int) -> bytes:
    """The whole body, unpacked. Raises RequestFailed where it is too long, breaks off or cannot be unpacked."""
    decoder, found, sent = _decoder_of(response), bytearray(), 0
    if (response.length or 0) > most_bytes:
        raise RequestFailed(FailureReason.TOO_LARGE, f"{response.length} bytes")
    try:
        while piece := response.read(PIECE):
            sent += len(piece)
            found += decoder.decode(piece, most_bytes - len(found))
            if max(sent, len(found)) > most_bytes:
                raise RequestFailed(FailureReason.TOO_LARGE, f"more than {most_bytes} bytes")
    except zlib.error:
        raise RequestFailed(FailureReason.INVALID_RESPONSE, "cannot be unpacked") from None
    if deadline.is_over:
        raise TimeoutError
    if response.length or not decoder.is_complete():
        raise RequestFailed(FailureReason.INVALID_RESPONSE, "breaks off")
    return bytes(found)


def _decoder_of(response: http.client.HTTPResponse) -> Decoder:
    encoding = ",".join(response.headers.get_all("Content-Encoding", [])).strip().lower()
    if encoding in ("", "identity"):
        return Plain()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return Inflating(is_gzip=encoding != "deflate")
    raise RequestFailed(FailureReason.INVALID_RESPONSE, f"Content-Encoding: {encoding[:50]}")
