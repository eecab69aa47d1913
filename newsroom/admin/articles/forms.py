"""Forms for articles, proposals and pictures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.admin.widgets import HiddenText, RichTextarea
from newsroom.models import Article, Draft, Kind, Picture, Revision
from newsroom.publishing.drafts import PARTS
from newsroom.publishing.messages import explain
from newsroom.publishing.pictures import NotAPicture, TooHeavy, TooManyPixels, UnusablePicture, encode_picture
from newsroom.publishing.policy import OFFERED_KINDS, POLICY
from newsroom.record.queries import content_of
from newsroom.text.canonical import ControlCharacters, Wording, refuse_control_characters
from newsroom.text.sanitizer import TooLong, sanitise

NEED_A_KIND = ("publish", "propose")


def multiline_textarea(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class DraftForm(forms.Form):
    """An article: slug, language and section, its four fields, and kind and note of the next revision."""

    headline = forms.CharField(label=gettext_lazy("Headline"), required=False, widget=multiline_textarea(2))
    standfirst = forms.CharField(label=gettext_lazy("Standfirst"), required=False, widget=multiline_textarea(3))
    byline = forms.CharField(label=gettext_lazy("Byline"), required=False, widget=multiline_textarea(1))
    body = forms.CharField(label=gettext_lazy("Text"), required=False, strip=False, widget=RichTextarea)
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("As in /articles/address/. It cannot be changed once the article is published."),
        max_length=120,
    )
    section = forms.CharField(label=gettext_lazy("Section"), required=False, max_length=80)
    note = forms.CharField(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy(
            "Readers see it beside the version: what was wrong, and what is right. For instance: “An earlier version "
            "said that 14 bridges are closed; it is 15.”"
        ),
        required=False,
        widget=multiline_textarea(3),
    )
    # The note as it was written for the editor, to tell whether they changed it.
    written = forms.CharField(required=False, strip=False, widget=HiddenText)
    # Hidden: the draft that the editor saw, and the number of its base revision …
    seen = forms.DateTimeField(label=gettext_lazy("Draft seen"), required=False)
    base = forms.IntegerField(label=gettext_lazy("Based on version"), required=False, min_value=1)
    # … and the editor's choice after a conflict: replace the other draft, or rebase on the newer revision.
    replaced = forms.DateTimeField(label=gettext_lazy("Draft replaced"), required=False)
    onto = forms.IntegerField(label=gettext_lazy("Based on version"), required=False, min_value=1)

    def __init__(
        self, data: Any = None, *, article: Article | None, draft: Draft | None, may_retract: bool = False
    ) -> None:
        super().__init__(data, initial=_initial(article, draft), auto_id="article_%s")
        self.article = article
        self.decision = self.data.get("decision", "")
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=_languages(article))
        if article and article.current_id:  # the first revision is always a publication
            kinds = kind_choices(may_retract=may_retract)
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind of change"), help_text=meaning_rule(), choices=kinds, required=False
            )
            self.fields["slug"].disabled = True
        for part in PARTS:
            self.fields[part].widget.attrs["lang"] = article.language if article else ""

    def clean_headline(self) -> str:
        return self._checked("headline", refuse_control_characters)

    def clean_standfirst(self) -> str:
        return self._checked("standfirst", refuse_control_characters)

    def clean_byline(self) -> str:
        return self._checked("byline", refuse_control_characters)

    def clean_note(self) -> str:
        return self._checked("note", refuse_control_characters)

    def clean_section(self) -> str:
        return self._checked("section", refuse_control_characters)

    def clean_body(self) -> str:
        return self._checked("body", sanitise)

    def clean(self) -> None:
        if self.decision in NEED_A_KIND and "kind" in self.fields and not self.cleaned_data.get("kind"):
            self.add_error("kind", _("Choose why there is a new version."))

    def base_revision(self) -> Revision | None:
        number = self.cleaned_data["onto" if self.decision == "rebase" else "base"]
        return Revision.objects.select_related("stored_text").filter(article=self.article, number=number).first()

    def seen_draft(self) -> datetime | None:
        seen: datetime | None = self.cleaned_data["replaced" if self.decision == "replace" else "seen"]
        return seen

    def typed(self) -> Wording:
        return Wording(**{part: self.cleaned_data[part] for part in PARTS})

    def description(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("slug", "language", "section")}

    def chosen_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"]) if "kind" in self.fields else Kind.PUBLICATION

    def _checked(self, name: str, check: Callable[[str], object]) -> str:
        """The value with normalized line ends, after `check` raised nothing."""
        text = normalize_newlines(str(self.cleaned_data[name]))
        try:
            check(text)
        except (TooLong, ControlCharacters) as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal
        return text


class ReturnForm(forms.Form):
    """Return a proposal to its author, with a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for sending it back"),
        help_text=gettext_lazy("The editor who proposed it will see it."),
        widget=multiline_textarea(2),
    )

    def clean_reason(self) -> str:
        reason = normalize_newlines(str(self.cleaned_data["reason"]))
        try:
            refuse_control_characters(reason)
        except ControlCharacters as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal
        return reason


class PictureForm(forms.ModelForm[Picture]):
    """Upload a picture with its alternative text."""

    # No ImageField: it would decode the file, and warn about its size, before our own check.
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF, at most 20 MB. Its metadata is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    class Meta:
        model = Picture
        fields = ("file", "alt")
        help_texts = {"alt": gettext_lazy("What the picture shows, for readers who cannot see it.")}

    def clean_file(self) -> Any:
        try:
            return encode_picture(self.cleaned_data["file"])
        except UnusablePicture as refusal:
            raise forms.ValidationError(explain_upload(refusal)) from refusal


def explain_upload(refusal: UnusablePicture) -> str:
    """A sentence that says what is wrong and what would be right."""
    if isinstance(refusal, TooManyPixels):
        sentence = _("The picture has too many pixels to be opened here; save it at %(width)s × %(height)s or smaller.")
        return sentence % {"width": refusal.width, "height": refusal.height}
    return {
        NotAPicture: _("This picture cannot be read: upload an undamaged JPEG, PNG, WebP or GIF."),
        TooHeavy: _("The file is larger than 20 MB; save the picture smaller."),
    }[type(refusal)]


def kind_choices(*, may_retract: bool) -> list[tuple[str, str]]:
    """Kinds of a later revision, each with what the policy demands."""
    offered = [kind for kind in OFFERED_KINDS if may_retract or kind is not Kind.RETRACTION]
    kinds = [(kind.value, kind_label(kind)) for kind in offered]
    return [("", _("Choose a kind")), *kinds]


def meaning_rule() -> str:
    """The policy's MeaningRule, for whoever chooses a kind."""
    return _(
        "A change of a number, a name, a link, a quotation or a “not” needs a public note and a second editor, "
        "whatever its kind; an update does only where readers have reported the passage."
    )


def kind_label(kind: Kind) -> str:
    rule = POLICY[kind]
    if rule.second_editor:
        return _("%(kind)s: needs a public note and a second editor") % {"kind": kind.label}
    if rule.note_required:
        return _("%(kind)s: needs a public note") % {"kind": kind.label}
    return str(kind.label)


def _languages(article: Article | None) -> list[tuple[str, str]]:
    choices = [(code, str(name)) for code, name in settings.LANGUAGES]
    if article and article.language not in dict(choices):
        choices.append((article.language, article.language))
    return choices


def normalize_newlines(text: str) -> str:
    """Browsers send CRLF; stored text has LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _initial(article: Article | None, draft: Draft | None) -> dict[str, Any]:
    described = {name: getattr(article, name) for name in ("slug", "language", "section")} if article else {}
    if draft:
        return {**described, **draft.wording.as_dict()}
    content = content_of(article.current) if article else None
    return {**described, **content.wording.as_dict()} if content else described
