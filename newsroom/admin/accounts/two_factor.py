"""Second-factor pages of an editor (TOTP set-up, recovery codes), and log-out of other sessions."""

import io

import segno
from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_otp import login as note_device

from newsroom.accounts.sessions import end_sessions
from newsroom.accounts.two_factor import (
    SecondFactorNeeded,
    TooSoon,
    WrongCode,
    begin,
    confirm,
    has_second_factor,
    needs_second_factor,
    remove,
)
from newsroom.admin.access import editor_of
from newsroom.admin.accounts.login import explain_wait
from newsroom.models import Editor

PERMISSION = "newsroom.view_article"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "dir": "ltr"}),
    )


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request, PERMISSION)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _carry_out(request, editor, code=form.cleaned_data["code"])
        except TooSoon as soon:
            form.add_error("code", explain_wait(soon))
        except WrongCode:
            form.add_error("code", _("That code is not current. Wait for the next one and enter it."))
        except SecondFactorNeeded:
            form.add_error(None, _("Your group requires a second factor."))
    return _page(request, editor, form)


def _carry_out(request: HttpRequest, editor: Editor, *, code: str) -> HttpResponse:
    """Raises WrongCode, SecondFactorNeeded."""
    if has_second_factor(editor):
        remove(editor, code=code, by=editor)
        messages.success(request, _("The second factor is off."))
        return redirect("desk_second_factor")
    device, codes = confirm(editor, code=code.replace(" ", ""))
    note_device(request, device)
    request.session.cycle_key()
    end_sessions(editor, but=request.session.session_key)
    context = {**admin.site.each_context(request), "title": _("Your recovery codes"), "codes": codes}
    return TemplateResponse(request, "newsroom/accounts/recovery_codes.html", context)


def _page(request: HttpRequest, editor: Editor, form: CodeForm) -> HttpResponse:
    is_on = has_second_factor(editor)
    context = {
        **admin.site.each_context(request),
        "title": _("Second factor"),
        "form": form,
        "is_on": is_on,
        "is_needed": needs_second_factor(editor),
        "secret": "" if is_on else _in_groups(begin(editor).config_url),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "newsroom/accounts/second_factor.html", context, status=status)


def _in_groups(address: str) -> str:
    """The TOTP secret in groups of four, to be typed by hand."""
    secret = address.split("secret=")[1].split("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


@never_cache
@require_safe
def second_factor_picture(request: HttpRequest) -> HttpResponse:
    """QR code with the TOTP secret, only during set-up."""
    editor = editor_of(request, PERMISSION)
    if has_second_factor(editor):
        return redirect("desk_second_factor")
    drawn = io.BytesIO()
    segno.make(begin(editor).config_url, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    editor = editor_of(request, PERMISSION)
    number = end_sessions(editor, but=request.session.session_key)
    sentence = ngettext("%(number)d other log-in was ended.", "%(number)d other log-ins were ended.", number)
    messages.success(request, sentence % {"number": number})
    return redirect("desk_profile")
