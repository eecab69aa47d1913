"""Form fields of the newsroom's own."""

from typing import Any, ClassVar

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.safestring import SafeString


class RichTextarea(forms.Textarea):
    """A textarea of HTML that becomes an editor where scripts run.

    The attributes `lang` and `dir` (ltr, rtl or auto) are those of the article; without them the text decides.
    """

    template_name = "newsroom/widgets/richtext.html"

    class Media:
        css: ClassVar = {"all": ["vendor/prosemirror.css", "richtext/editor.css"]}
        js: ClassVar = [forms.Script("richtext/editor.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "dir": "auto", "class": "richtext-source", **(attrs or {})})

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: a browser cannot point at a field that hides behind the editor, and would refuse to send it unsaid."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """With the site's own templates, whatever renders the other fields."""
        return super().render(name, value, attrs, TemplatesSetting())
