"""URLs of the public pages, of /metrics and of the desk's home."""

from django.contrib import admin
from django.urls import path

from corrections.admin.colleagues.internal_notes import internal_note_urls
from corrections.admin.colleagues.notifications import notification_urls
from corrections.admin.home import end_tour, home
from corrections.views import embed as embed_pages
from corrections.views import follow as follow_pages
from corrections.views import mail_links as mail_pages
from corrections.views import status as status_pages
from corrections.views.metrics import metrics
from corrections.views.privacy import privacy
from corrections.views.suggestion_form import suggestion_form

urlpatterns = [
    path("admin/", admin.site.admin_view(home), name="desk_home"),
    path("admin/tour/", admin.site.admin_view(end_tour), name="desk_tour"),
    path("admin/all/", admin.site.admin_view(admin.site.index), name="desk_all"),
    *notification_urls(),
    *internal_note_urls(),
    path("embed/v1.js", embed_pages.first_script, name="embed-script"),
    path("embed/suggest/", embed_pages.plain_form, name="embed-suggest"),
    path("embed/dialog/<slug:language>/", embed_pages.dialog, name="embed-dialog"),
    path("embed/<slug:name>.css", embed_pages.style_sheet, name="embed-style"),
    path("metrics", metrics, name="metrics"),
    path("privacy/", privacy, name="privacy"),
    path("articles/<slug:slug>/suggest/", suggestion_form, name="suggest"),
    path("articles/<slug:slug>/follow/", follow_pages.follow_form, name="follow"),
    path("suggestions/<str:token>/", status_pages.suggestion_detail, name="suggestion"),
    path("suggestions/<str:token>/answer/", status_pages.suggestion_answer, name="suggestion-answer"),
    path("suggestions/<str:token>/withdraw/", status_pages.suggestion_withdraw, name="suggestion-withdraw"),
    path("suggestions/<str:token>/credit/", status_pages.suggestion_credit, name="suggestion-credit"),
    path("suggestions/<str:token>/mail/", status_pages.suggestion_mail, name="suggestion-mail"),
    path("mail/confirm/<str:token>/", mail_pages.confirm_address, name="mail-confirm"),
    path("mail/follow/<str:token>/", follow_pages.confirm_following, name="follow-confirm"),
    path("mail/unfollow/<str:token>/", follow_pages.stop_follower, name="unfollow"),
    path("mail/stop/<str:token>/", mail_pages.unsubscribe, name="mail-stop"),
    path("suggestions/<str:token>/erase/", status_pages.suggestion_erase, name="suggestion-erase"),
]
