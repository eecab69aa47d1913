"""The digest of a proposal covers its base, kind and note as well as its text."""

import hashlib
import json

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PARTS = ("headline", "standfirst", "byline", "body")


def _sha256(value: dict[str, object]) -> str:
    spelt = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(spelt.encode()).hexdigest()


def seal(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Anew for what waits: what was decided is told by the acts of its time."""
    waiting = apps.get_model("newsroom", "Proposal").objects.filter(state="waiting").select_related("base")
    for proposal in waiting:
        sealed = {
            "text": _sha256({part: getattr(proposal, part) for part in PARTS}),
            "base": proposal.base.number if proposal.base else None,
            "kind": proposal.kind,
            "note": proposal.note,
        }
        proposal.digest = _sha256(sealed)
        proposal.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0004_public_changes"),
    ]

    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
