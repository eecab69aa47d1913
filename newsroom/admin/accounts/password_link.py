"""Page behind an invitation or reset link: the editor chooses a password."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from newsroom.accounts.password_links import VoidLink, account_of, choose_password
from newsroom.models import Editor


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        form: SetPasswordForm[Editor] = SetPasswordForm(account_of(token), request.POST or None)
        if not form.is_valid():
            status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
            return _page(request, title=_("Choose your password"), form=form, status=status)
        choose_password(token, password=form.cleaned_data["new_password1"])
    except VoidLink:
        return _page(request, title=_("This link no longer opens"), form=None, status=HTTPStatus.GONE)
    messages.success(request, _("Your password is set. Log in with it."))
    return redirect("admin:login")


def _page(request: HttpRequest, *, title: str, form: "SetPasswordForm[Editor] | None", status: int) -> TemplateResponse:
    context = {**admin.site.each_context(request), "title": title, "form": form}
    return TemplateResponse(request, "newsroom/accounts/choose_password.html", context, status=status)
