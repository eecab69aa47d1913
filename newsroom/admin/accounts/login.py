"""Admin log-in form: username, password, and a second-factor code where the account has a device."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.accounts.two_factor import FactorUnreadable, TooSoon, WrongCode, check, has_second_factor
from newsroom.models import Editor


def explain_wait(soon: TooSoon) -> str:
    sentence = ngettext(
        "Too many wrong codes: try again in %(seconds)d second.",
        "Too many wrong codes: try again in %(seconds)d seconds.",
        soon.seconds,
    )
    return sentence % {"seconds": soon.seconds}


class DeskLoginForm(AdminAuthenticationForm):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six digits from your app, or a recovery code, if you have set up a second factor."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "dir": "ltr"}),
    )

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not isinstance(user, Editor) or not has_second_factor(user):
            return
        try:
            # django-otp stores the verified device in the session.
            user.otp_device = check(user, code=self.cleaned_data.get("code", ""))  # type: ignore[attr-defined]
        except FactorUnreadable:
            sentence = _(
                "This site’s secret key was changed, so the code of your app cannot be checked. Enter a recovery code, "
                "or ask the desk chief to remove your second factor."
            )
            raise ValidationError(sentence, code="code") from None
        except TooSoon as soon:
            raise ValidationError(explain_wait(soon), code="code") from None
        except WrongCode:
            sentence = _("The password is right, but the code is not: enter the one that your app shows now.")
            raise ValidationError(sentence, code="code") from None


admin.site.login_form = DeskLoginForm
admin.site.login_template = "newsroom/accounts/login.html"
