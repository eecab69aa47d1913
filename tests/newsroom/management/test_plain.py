"""Our commands say in one line what is wrong with their arguments."""

import pytest

from newsroom.management.commands.backup import Command


def test_a_wrong_argument_is_told_without_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    command = Command()
    command._called_from_command_line = True  # type: ignore[attr-defined]  # as manage.py does
    parser = command.create_parser("manage.py", "backup")
    with pytest.raises(SystemExit) as ended:
        parser.parse_args([])

    assert ended.value.code == 2
    assert capsys.readouterr().err == "manage.py backup: error: the following arguments are required: FILE\n"


def test_help_tells_how_arguments_are_written() -> None:
    assert Command().create_parser("manage.py", "backup").format_help().startswith("usage: manage.py backup")
