"""Parts of the demo's set-up. tests/system/test_demo.py starts the whole."""

from pathlib import Path

import pytest

from newsroom.management.commands.demo import NotPossible, static_files_collected


def test_static_files_that_cannot_be_collected_stop_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    (tmp_path / "static").write_text("a file where the directory should be")
    done = []
    with (
        pytest.raises(NotPossible, match=r"^the static files cannot be collected: .+") as refused,
        static_files_collected(),
    ):
        done.append("what the block does is done all the same")
    assert done
    assert "\n" not in str(refused.value)
