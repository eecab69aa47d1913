"""Admin of the sentences of which public notes are made; what the house has not changed is shown beside it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from newsroom.admin.access import DESK_STYLES
from newsroom.admin.lookups import StrictLookups
from newsroom.languages import native_name
from newsroom.models import NotePattern, NoteSentence
from newsroom.notes.writing import Sentence
from newsroom.publishing.notes import default_patterns


@dataclass(frozen=True, slots=True)
class DefaultSentence:
    """A sentence that the house has not replaced, and where it can."""

    label: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class DefaultsOfLanguage:
    language: str
    name: str
    sentences: list[DefaultSentence]


class NotePatternForm(forms.ModelForm[NotePattern]):
    class Meta:
        model = NotePattern
        fields = ("sentence", "language", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}
        help_texts = {
            "text": gettext_lazy(
                "{old} and {new} stand for the old and the new words with their quotation marks, {changes} for a list."
            )
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "language" in self.fields:  # not where it is only read
            languages = [(code, native_name(code)) for code, _name in settings.LANGUAGES]
            self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=languages)


@admin.register(NotePattern)
class NotePatternAdmin(StrictLookups, SimpleHistoryAdmin):  # type: ignore[misc]  # the package carries no types
    """A row is a sentence of the house; without one the default holds."""

    form = NotePatternForm
    actions = None
    list_display = ("sentence", "language", "text")
    list_filter = ("sentence", "language")
    ordering = ("language", "sentence")
    change_list_template = "newsroom/note_pattern/list.html"
    object_history_template = "newsroom/article/history.html"
    object_history_list_template = "newsroom/note_pattern/_history_list.html"

    def get_urls(self) -> list[URLPattern]:
        # Without the history's form pages: their POST would write an old row over the sentence.
        urls: list[URLPattern] = super(SimpleHistoryAdmin, self).get_urls()
        return urls

    def get_fields(self, request: HttpRequest, obj: NotePattern | None = None) -> tuple[str, ...]:
        return ("sentence", "language", "text", "default_text") if obj else ("sentence", "language", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: NotePattern | None = None) -> tuple[str, ...]:
        return ("sentence", "language", "default_text") if obj else ()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {**(extra_context or {}), "defaults": _defaults()}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    @admin.display(description=gettext_lazy("without yours"))
    def default_text(self, pattern: NotePattern) -> str:
        return default_patterns(pattern.language)[Sentence(pattern.sentence)]

    class Media:
        css = DESK_STYLES


def _defaults() -> list[DefaultsOfLanguage]:
    own = set(NotePattern.objects.values_list("language", "sentence"))
    return [
        DefaultsOfLanguage(
            code,
            native_name(code),
            [
                DefaultSentence(str(NoteSentence(sentence.value).label), text, _add_address(code, sentence, text))
                for sentence, text in default_patterns(code).items()
                if (code, sentence.value) not in own
            ],
        )
        for code, _name in settings.LANGUAGES
    ]


def _add_address(language: str, sentence: Sentence, text: str) -> str:
    query = urlencode({"sentence": sentence.value, "language": language, "text": text})
    return f"{reverse('admin:newsroom_notepattern_add')}?{query}"
