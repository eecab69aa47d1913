"""Lists of cases that an editor named for themselves."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corrections.desk.forms.base import refuse_hidden
from corrections.desk.list_params import parse_list_params
from corrections.models import SavedFilter
from newsroom.models import Editor

MOST = 20  # of one editor


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name of this list"), max_length=60)

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        refuse_hidden(name)
        return name


def saved_filters(editor: Editor) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(editor=editor).order_by("name", "pk")[:MOST])


def save_filter(editor: Editor, name: str, query: str) -> bool:
    """Name the list of a query string, in place of one of the same name; False where there are too many."""
    view = parse_list_params(QueryDict(query), editor)  # nothing but what the list understands
    mine = SavedFilter.objects.filter(editor=editor)
    if mine.exclude(name=name).count() >= MOST:
        return False
    SavedFilter.objects.update_or_create(editor=editor, name=name, defaults={"query": view.query})
    return True
