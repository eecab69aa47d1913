"""Profile page of an editor: public name, language, time zone, keyboard shortcuts, digest, notifications."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.admin.access import editor_of
from newsroom.audit.head import note_public_change
from newsroom.languages import activate_language, native_name
from newsroom.models import Editor


class ProfileForm(forms.ModelForm[Editor]):
    class Meta:
        model = Editor
        fields = ("public_name", "language", "time_zone", "letter_keys", "digest", "notified_by_mail")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["notified_by_mail"].required = False
        ours = [(code, native_name(code)) for code, _name in settings.LANGUAGES]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the desk"),
            choices=[("", _("As the browser asks")), *ours],
            required=False,
            help_text=_("Your digest is written in it, too; without a choice it is in the language of the site."),
        )

        zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
        zones |= {settings.TIME_ZONE, self.instance.time_zone} - {""}
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone of the desk"),
            choices=[
                ("", _("The site’s: %(zone)s") % {"zone": settings.TIME_ZONE}),
                *((zone, zone) for zone in sorted(zones)),
            ],
            required=False,
        )

    def clean_digest(self) -> bool:
        asked = bool(self.cleaned_data["digest"])
        return bool(self._refuse_without_address(asked, is_asked=asked))

    def clean_notified_by_mail(self) -> str:
        asked = self.cleaned_data["notified_by_mail"] or Editor.Notified.NEVER
        return str(self._refuse_without_address(asked, is_asked=asked != Editor.Notified.NEVER))

    def _refuse_without_address(self, asked: object, *, is_asked: bool) -> object:
        if is_asked and not self.instance.email:
            raise forms.ValidationError(_("Your account has no e-mail address; ask the desk chief to enter it."))
        return asked


@require_POST
def switch_letter_keys(request: HttpRequest) -> HttpResponse:
    """On or off, from the header of every page; then back to that page."""
    editor = editor_of(request, "newsroom.view_article")
    editor.letter_keys = not editor.letter_keys
    editor.save(update_fields=["letter_keys"])
    messages.success(request, _("Letter keys are on.") if editor.letter_keys else _("Letter keys are off."))
    return _back(request)


@require_POST
def choose_time_zone(request: HttpRequest) -> HttpResponse:
    """The browser's or the site's, as the editor was asked; once chosen, it is asked no more."""
    editor = editor_of(request, "newsroom.view_article")
    zone = request.POST.get("zone", "")
    if zone not in {*available_timezones(), settings.TIME_ZONE}:
        return HttpResponseBadRequest(_("There is no such button."))
    editor.time_zone = zone
    editor.save(update_fields=["time_zone"])
    messages.success(request, _("Saved."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page of the desk on which the button was."""
    back = request.POST.get("next", "")
    is_ours = back.startswith("/admin/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "desk_profile")


def profile(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request, "newsroom.view_article")
    form = ProfileForm(request.POST or None, instance=editor)
    if request.method == "POST" and form.is_valid():
        # These columns alone: the chief may have changed others since the row was read.
        editor.save(update_fields=form._meta.fields)
        if editor.language:
            activate_language(editor.language)  # for the message below
        note_public_change()  # the public name appears beside revisions
        messages.success(request, _("Saved."))
        return redirect("desk_profile")
    context = {**admin.site.each_context(request), "title": _("Your profile"), "form": form}
    return TemplateResponse(request, "newsroom/accounts/profile.html", context)
