"""Run the demo's Valkey without its supervisor."""

import subprocess
from pathlib import Path

from newsroom.demo.parent_death import with_parent_death_signal
from newsroom.demo.valkey import NotReady, Valkey, prepare_valkey, wait_for_valkey
from tests.support.server_process import ServerProcess


class ValkeyServer(ServerProcess):
    """A Valkey started by `start_valkey`."""

    def __init__(self, valkey: Valkey, process: subprocess.Popen[bytes]) -> None:
        super().__init__(process)
        self.valkey = valkey

    @property
    def url(self) -> str:
        return self.valkey.url

    def stop(self) -> None:
        super().stop()
        self.valkey.tidy()


def start_valkey(directory: Path) -> ValkeyServer:
    """Start a broker and wait until it answers. Raises NoBroker, NotReady."""
    valkey = prepare_valkey(directory)
    process = subprocess.Popen(with_parent_death_signal(valkey.argv), stdin=subprocess.DEVNULL)
    server = ValkeyServer(valkey, process)
    try:
        wait_for_valkey(valkey, server.process)
    except NotReady:
        server.stop()
        raise
    return server
