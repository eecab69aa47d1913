"""Forms of a Source: the address of one article, and what is taken from its pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.models import Source
from newsroom.sources.origins import BadOrigin, clean_origin
from newsroom.sources.setup import SETTINGS
from newsroom.sources.trial import bad_selectors

SELECTORS = ("root", "headline", "standfirst", "byline", "drop")
ADDRESS = {"class": "vURLField", "autocomplete": "off", "spellcheck": "false", "inputmode": "url"}


class AddressForm(forms.Form):
    """The first step, and the test."""

    url = forms.CharField(
        label=gettext_lazy("Address of one article"), max_length=1000, widget=forms.TextInput(attrs=ADDRESS)
    )


class SourceForm(forms.ModelForm[Source]):
    origins = forms.CharField(
        label=gettext_lazy("Addresses of the site"),
        help_text=gettext_lazy("One in each line, such as https://daily.example. Scheme, www and port count."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    class Meta:
        model = Source
        fields = SETTINGS
        help_texts = {
            "root": gettext_lazy("CSS selector of the element that holds the text; one element on each page."),
            "headline": gettext_lazy("CSS selector; left empty, it is found by itself."),
            "drop": gettext_lazy("CSS selectors of what stands in that element and is no part of the text."),
            "edit_url": gettext_lazy(
                "For editors, with {id} or {url} in it: https://daily.example/wp-admin/post.php?post={id}"
            ),
            "is_public": gettext_lazy("Its changelogs can be read by everybody here, without search engines."),
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.initial["origins"] = "\n".join(self.initial.get("origins") or self.instance.origins)

    def clean_origins(self) -> list[str]:
        try:
            return list(dict.fromkeys(clean_origin(line) for line in self.cleaned_data["origins"].split()))
        except BadOrigin as bad:
            raise forms.ValidationError(
                _("“%(address)s” is no address of a site. Write it as https://daily.example, without a path.")
                % {"address": str(bad)}
            ) from bad

    def clean_edit_url(self) -> str:
        url: str = self.cleaned_data["edit_url"].strip()
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("This is no address of a page. It begins with https:// or http://."))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = {name: cleaned.get(name, "") for name in SELECTORS}
        for name in bad_selectors(Source(**given)):
            self.add_error(name, _("This is no CSS selector."))
        return cleaned
