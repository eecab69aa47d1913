"""Wrong arguments of a management command: one line of usage error, exit code 2."""

import pytest
from django.core.management import ManagementUtility

WRONG = {
    "verify_audit": ["--nonsense"],
    "backup": [],
    "restore": [],
    "import_article": [],
    "demo": ["x"],
    "editor": [],
    "seed": ["x"],
    "fingerprint_archive": ["x"],
    "purge_personal_data": ["x"],
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments_are_told_in_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        ManagementUtility(["manage.py", name, *WRONG[name]]).execute()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "error:" in said.err
