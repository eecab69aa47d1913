"""What the widget loads from addresses of its own: the first script with its words, sheets for a shadow root."""

import json
import re
from typing import cast

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.translation import gettext as _

from newsroom.http.static_storage import HashedStaticFiles
from newsroom.languages import override_language

SHEETS = {"site": ("site/site.css", "embed/widget.css"), "suggestion": ("reader/suggestion.css",)}
# A query's lengths are the reader's own already; all others would follow the size that the host gives to its root.
LENGTH = re.compile(r"@media[^{]*|(?<![\w.])(-?[\d.]+)rem\b")


def first_script() -> str:
    """The script to paste, with the invitation's words in every language, so that it asks for nothing else."""
    told = {"words": _words(), "module": f"{settings.SITE_URL}{static('embed/widget.js')}"}
    # As one line of JSON, which is JavaScript too.
    return f"const WIDGET={json.dumps(told, ensure_ascii=False, separators=(',', ':'))};\n{_source('embed/v1.js')}"


def style_sheet(name: str) -> str:
    """Our own sheets for a shadow root, where there is no root element to set colours on. Raises KeyError."""
    text = "\n".join(_source(file) for file in SHEETS[name])
    return LENGTH.sub(_own_length, text.replace(":root {", ":host > * {"))


def _words() -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override_language(code):
            # Translators: the words between the two upright lines are a link.
            found[code] = _("Seen a mistake? |Tell us here|, or select the words in the text.")
    return found


def _own_length(found: re.Match[str]) -> str:
    return f"calc({found[1]} * var(--corrigenda-rem, 16px))" if found[1] else found[0]


def _source(name: str) -> str:
    """As served: without comments, and with the names that hold a digest."""
    with staticfiles_storage.open(cast("HashedStaticFiles", staticfiles_storage).stored_name(name)) as file:
        return str(file.read().decode())
