"""What each group may do at the desk."""

from corrections.roles import PERMISSIONS
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR


def test_every_group_reads_and_all_but_auditors_decide() -> None:
    assert set(PERMISSIONS) == {COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF, AUDITOR}
    assert all("corrections.view_case" in granted for granted in PERMISSIONS.values())
    assert [group for group, granted in PERMISSIONS.items() if "corrections.decide_case" not in granted] == [AUDITOR]


def test_the_chief_alone_changes_reasons_and_webhooks() -> None:
    changing = {"corrections.change_reason", "corrections.add_hook", "corrections.change_hook"}
    assert {group for group, granted in PERMISSIONS.items() if changing & set(granted)} == {DESK_CHIEF}
    assert changing <= set(PERMISSIONS[DESK_CHIEF])
