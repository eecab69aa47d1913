"""One program at a time works over a directory."""

from pathlib import Path

import pytest

from newsroom.operations.lockfile import AlreadyRunning, only_one


def test_a_second_one_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with only_one(tmp_path):
        with pytest.raises(AlreadyRunning), only_one(tmp_path):
            pass
        with only_one(tmp_path / "other"):
            pass
    with only_one(tmp_path):
        assert (tmp_path / "demo.lock").exists()


def test_an_error_lets_the_directory_go(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), only_one(tmp_path):
        raise RuntimeError
    with only_one(tmp_path):
        pass
