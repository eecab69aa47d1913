"""Widgets of the desk: rich text for article bodies, and a hidden field that always has a value."""

from typing import Any, ClassVar

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.safestring import SafeString


class HiddenText(forms.HiddenInput):
    """With `value=""` for no words, where Django's leaves the attribute out: a page is built alike with and without."""

    def format_value(self, value: Any) -> str:
        return super().format_value(value) or ""


class RichTextarea(forms.Textarea):
    """A textarea of HTML, upgraded to an editor by script.

    Attributes `lang` and `dir` (ltr, rtl, auto) are the article's; without `dir` the text decides.
    """

    template_name = "newsroom/widgets/richtext.html"

    class Media:
        css: ClassVar = {"all": ["vendor/prosemirror.css", "richtext/editor.css", "richtext/panels.css"]}
        js: ClassVar = [forms.Script("richtext/editor.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "dir": "auto", "class": "richtext-source", **(attrs or {})})

    def use_required_attribute(self, initial: Any) -> bool:
        """False: a browser cannot focus the hidden textarea and would block the form without a message."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Render with the site's templates instead of the form renderer's."""
        return super().render(name, value, attrs, TemplatesSetting())
