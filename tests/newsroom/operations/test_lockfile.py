"""One program at a time works over a directory."""

from pathlib import Path

import pytest

from newsroom.operations.lockfile import AlreadyRunning, lock_data_dir


def test_a_second_one_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with lock_data_dir(tmp_path):
        with pytest.raises(AlreadyRunning), lock_data_dir(tmp_path):
            pass
        with lock_data_dir(tmp_path / "other"):
            pass
    with lock_data_dir(tmp_path):
        assert (tmp_path / "demo.lock").exists()


def test_an_error_lets_the_directory_go(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), lock_data_dir(tmp_path):
        raise RuntimeError
    with lock_data_dir(tmp_path):
        pass
