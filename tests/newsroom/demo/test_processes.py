"""The command lines of the site's own programs."""

import sys
from pathlib import Path

from newsroom.demo.processes import PROJECT, beat_program, web_program, worker_program

ENV = {"SITE_URL": "https://gull.example"}


def test_the_web_server_listens_where_it_is_told() -> None:
    program = web_program(host="127.0.0.1", port=8123, env=ENV)

    assert (program.name, program.env, program.cwd) == ("web server", ENV, PROJECT)
    argv = list(program.argv)
    assert argv[:3] == [sys.executable, "-m", "granian"]
    assert argv[argv.index("--host") + 1 :][:3] == ["127.0.0.1", "--port", "8123"]
    assert argv[-1] == "newsroom.rsgi:application"


def test_the_worker_has_as_many_hands_as_it_is_given() -> None:
    argv = list(worker_program(concurrency=3, env=ENV).argv)

    assert argv[argv.index("-A") + 1 :] == [
        *("newsroom", "worker", "--concurrency", "3", "--loglevel", "warning"),
        *("--without-gossip", "--without-mingle"),
    ]


def test_the_beat_remembers_in_its_file_and_leaves_no_pid_file() -> None:
    argv = list(beat_program(schedule=Path("/data/beat"), env=ENV).argv)

    assert argv[argv.index("-A") + 1 :] == [
        *("newsroom", "beat", "--schedule", "/data/beat", "--loglevel", "warning", "--pidfile", ""),
    ]
