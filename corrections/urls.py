"""The addresses of the correction desk's reader side."""

from django.urls import path

from corrections import mail_pages, views
from corrections.form_page import suggestion_form
from corrections.metrics import metrics
from corrections.privacy_page import privacy

urlpatterns = [
    path("metrics", metrics, name="metrics"),
    path("privacy/", privacy, name="privacy"),
    path("articles/<slug:slug>/suggest/", suggestion_form, name="suggest"),
    path("suggestions/<str:token>/", views.suggestion_detail, name="suggestion"),
    path("suggestions/<str:token>/answer/", views.suggestion_answer, name="suggestion-answer"),
    path("suggestions/<str:token>/withdraw/", views.suggestion_withdraw, name="suggestion-withdraw"),
    path("suggestions/<str:token>/credit/", views.suggestion_credit, name="suggestion-credit"),
    path("suggestions/<str:token>/mail/", views.suggestion_mail, name="suggestion-mail"),
    path("mail/confirm/<str:token>/", mail_pages.confirm, name="mail-confirm"),
    path("mail/stop/<str:token>/", mail_pages.stop, name="mail-stop"),
    path("suggestions/<str:token>/erase/", views.suggestion_erase, name="suggestion-erase"),
]
