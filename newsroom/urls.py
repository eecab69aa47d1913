"""Root URLconf; includes the correction desk if that app is installed."""

from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from newsroom.admin.accounts.password_link import choose_password_page
from newsroom.admin.accounts.profile import choose_time_zone, profile, switch_letter_keys
from newsroom.admin.accounts.two_factor import end_other_sessions, second_factor, second_factor_picture
from newsroom.api.application import api
from newsroom.views import articles as views
from newsroom.views import dev_mail as devmail
from newsroom.views import exports, feeds, fronts, sitemaps
from newsroom.views import record as recordpages
from newsroom.views.security_txt import security_txt

api.add_router("", "newsroom.api.articles.router")
HAS_DESK = apps.is_installed("corrections")
if HAS_DESK:
    api.add_router("/suggestions", "corrections.api.suggestions.router")
    api.add_router("/articles", "corrections.api.reports.router")
    api.add_router("/articles", "corrections.api.follow.router")
    api.add_router("/articles", "corrections.api.passages.router")
    api.add_router("/embed", "corrections.api.embed.router")

urlpatterns = [
    path("api/", api.urls),  # first: URLs resolve in order, and POSTed suggestions are the most frequent
    path("", fronts.front_page, name="front"),
    path("sections/<path:section>/", fronts.section_page, name="section"),
    path("articles/<slug:slug>/", views.article_detail, name="article"),
    path("articles/<slug:slug>/timemap/", exports.article_timemap, name="timemap"),
    path("articles/<slug:slug>/annotations/", exports.article_annotations, name="annotations"),
    path("articles/<slug:slug>/ninjs.json", exports.article_ninjs, name="ninjs"),
    path("articles/<slug:slug>/changes/", recordpages.article_changes, name="changes"),
    path("articles/<slug:slug>/changes/feed.atom", feeds.article_atom, name="article-atom"),
    path("articles/<slug:slug>/changes/feed.json", feeds.article_json, name="article-json"),
    path("articles/<slug:slug>/changes/<int:old>...<int:new>/", recordpages.revision_diff, name="diff"),
    path("articles/<slug:slug>/revisions/<int:number>/", recordpages.revision_detail, name="revision"),
    path("corrections/", recordpages.corrections_list, name="corrections"),
    path("corrections/<int:year>/<int:month>/", recordpages.corrections_month, name="corrections-month"),
    path("corrections/feed.atom", feeds.site_atom, name="corrections-atom"),
    path("corrections/feed.json", feeds.site_json, name="corrections-json"),
    path("corrections/sections/<path:section>/feed.atom", feeds.section_atom, name="section-atom"),
    path("corrections/sections/<path:section>/feed.json", feeds.section_json, name="section-json"),
    path("policy/", views.policy, name="policy"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap-part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("media/<path:path>", views.media, name="media"),
    path("dev/mail/", devmail.mail_list, name="dev-mail"),
    path("dev/mail/<slug:name>/", devmail.mail_detail, name="dev-mail-detail"),
    path("dev/mail/<slug:name>/html/", devmail.mail_html, name="dev-mail-html"),
    *([path("", include("corrections.urls"))] if HAS_DESK else []),
    path("admin/profile/", admin.site.admin_view(profile), name="desk_profile"),
    path("admin/profile/letter-keys/", admin.site.admin_view(switch_letter_keys), name="desk_letter_keys"),
    path("admin/profile/time-zone/", admin.site.admin_view(choose_time_zone), name="desk_time_zone"),
    path("admin/profile/sessions/", admin.site.admin_view(end_other_sessions), name="desk_end_sessions"),
    path("admin/password/<str:token>/", choose_password_page, name="desk_choose_password"),
    path("admin/second-factor/", admin.site.admin_view(second_factor), name="desk_second_factor"),
    path("admin/second-factor/code.svg", admin.site.admin_view(second_factor_picture), name="desk_second_factor_code"),
    path("admin/", admin.site.urls),
]

handler400 = "newsroom.views.articles.bad_request"
handler404 = "newsroom.views.articles.not_found"
handler500 = "newsroom.api.unavailable.server_error"
