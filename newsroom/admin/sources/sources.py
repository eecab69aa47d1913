"""Source admin: an address, what is found there, the lines to paste; then a test as often as one likes."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from newsroom.admin.access import DESK_STYLES, editor_of, render_page
from newsroom.admin.lookups import StrictLookups
from newsroom.admin.sources.forms import AddressForm, SourceForm
from newsroom.models import Source, SourceArticle
from newsroom.sources.addresses import BadAddress, origin_of
from newsroom.sources.reading import NoSnapshot
from newsroom.sources.setup import ADD, CHANGE, SETTINGS, add_source, change_source
from newsroom.sources.trial import Finding, Trial, examine_page, first_trial, try_page
from newsroom.sources.watching import prove

Trouble = SourceArticle.Trouble
UNREAD_SHOWN = 50  # pages


@admin.register(Source)
class SourceAdmin(StrictLookups, admin.ModelAdmin[Source]):
    form = SourceForm
    actions = None
    change_form_template = "newsroom/source/change.html"
    list_display = ("name", "sites", "is_watched", "is_active")
    search_fields = ("name",)
    show_full_result_count = False
    fields = SETTINGS

    def get_urls(self) -> list[URLPattern]:
        test = self.admin_site.admin_view(require_POST(self.test_view))
        return [path("<int:pk>/test/", test, name="newsroom_source_test"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False  # its articles and their record refer to it

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The first step asks for an address; the second shows what is found there, and stores it."""
        editor = editor_of(request, ADD)
        address = AddressForm(request.POST or None)
        context: dict[str, Any] = {"title": _("Add a site"), "address": address}
        if not address.is_valid():
            return render_page(request, self, "newsroom/source/address.html", context)
        url = address.cleaned_data["url"]
        if "name" not in request.POST:
            trial = _first(address, url)
            if trial is None:
                return render_page(request, self, "newsroom/source/address.html", context)
            initial = {"name": trial.name, "origins": [origin_of(trial.url)], "language": trial.language}
            form = SourceForm(initial={**initial, "root": trial.root, "drop": trial.drop})
            return render_page(request, self, "newsroom/source/found.html", {**context, "form": form, "trial": trial})
        form = SourceForm(request.POST)
        trial = _tried(form, url) if form.is_valid() else None
        if trial is None or "look" in request.POST:
            return render_page(request, self, "newsroom/source/found.html", {**context, "form": form, "trial": trial})
        source = add_source(form.save(commit=False), by=editor)
        messages.success(
            request, _("%(name)s is set up. Paste the lines below into its pages.") % {"name": source.name}
        )
        return redirect("admin:newsroom_source_change", source.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        source = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if source:
            unread = SourceArticle.objects.filter(source=source).exclude(trouble="").order_by("-fetched_at")
            shown = {"lines": lines_to_paste(source), "address": AddressForm(), "unread": unread[:UNREAD_SHOWN]}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        if not change:
            raise PermissionDenied
        if form.changed_data:
            change_source(obj, by=editor_of(request, CHANGE), changed=form.changed_data)

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Fetch a page as a look would, and say what is right and what is wrong."""
        editor_of(request, CHANGE)
        source, address = get_object_or_404(Source, pk=pk), AddressForm(request.POST)
        findings = list(examine_page(source, address.cleaned_data["url"])) if address.is_valid() else []
        if any(finding.kind == "key" for finding in findings):
            prove(source)
        told = [(sentence_of(finding), finding.kind in ("text", "key")) for finding in findings]
        context = {"title": _("Test of %(name)s") % {"name": source.name}, "source": source, "address": address}
        return render_page(request, self, "newsroom/source/test.html", {**context, "findings": told})

    @admin.display(description=gettext_lazy("addresses of the site"))
    def sites(self, source: Source) -> str:
        return ", ".join(source.origins)

    @admin.display(description=gettext_lazy("watched"), boolean=True)
    def is_watched(self, source: Source) -> bool:
        return source.proven_at is not None

    class Media:
        css = DESK_STYLES


def lines_to_paste(source: Source) -> str:
    """Into each page of an article: the widget, and a link for readers without script, which tells where it stands."""
    form = f"{settings.SITE_URL}/embed/suggest/?site={source.key}"
    return (
        f'<script type="module" src="{settings.SITE_URL}/embed/v1.js" data-site="{source.key}"></script>\n'
        f'<noscript><a href="{form}" referrerpolicy="no-referrer-when-downgrade">'
        f"{_('Suggest a correction')}</a></noscript>"
    )


def sentence_of(finding: Finding) -> str:
    """What a test found, and what to do about it."""
    if finding.kind == "text":
        words = int(finding.detail)
        told = ngettext("The text is found: %(count)d word.", "The text is found: %(count)d words.", words)
        return told % {"count": words}
    if finding.kind == "policy":
        told = _("The page’s Content-Security-Policy keeps our script out: add %(origin)s to %(rules)s.")
        return told % {"origin": settings.SITE_URL, "rules": finding.detail}
    own = {
        "key": _("The page carries the lines of this site: it is watched."),
        "no_key": _("The page does not carry the lines of this site yet. It is watched once it does."),
        "no_address": _("This is no address of a page. It begins with https:// or http://."),
    }
    return own.get(finding.kind) or refusal(NoSnapshot(Trouble(finding.kind), finding.detail))


def refusal(problem: NoSnapshot) -> str:
    """Why a page cannot be read, with what the page or its server said."""
    detail = f" ({problem.detail})" if problem.detail else ""
    return f"{problem.trouble.label}{detail}."


def _first(address: AddressForm, url: str) -> Trial | None:
    try:
        return first_trial(url)
    except BadAddress:
        address.add_error("url", _("This is no address of a page. It begins with https:// or http://."))
    except NoSnapshot as problem:
        address.add_error("url", refusal(problem))
    return None


def _tried(form: SourceForm, url: str) -> Trial | None:
    source = Source(**{name: form.cleaned_data[name] for name in SETTINGS})
    try:
        return try_page(source, url)
    except BadAddress:
        form.add_error(None, _("This is no address of a page. It begins with https:// or http://."))
    except NoSnapshot as problem:
        form.add_error(None, refusal(problem))
    return None
