"""The house's own sentences for public notes, in place of the ones that the code brings along."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from newsroom.notes.quoting import INVISIBLE
from newsroom.notes.writing import PatternError, Sentence, check_pattern
from newsroom.text.canonical import ControlCharacters, refuse_control_characters


class NoteSentence(models.TextChoices):
    """What a sentence of a public note tells; the values of newsroom.notes.writing.Sentence."""

    NUMBER = Sentence.NUMBER.value, pgettext_lazy("what a note tells", "Correction: a number or a day")
    NAME = Sentence.NAME.value, pgettext_lazy("what a note tells", "Correction: a name")
    WORDS = Sentence.WORDS.value, pgettext_lazy("what a note tells", "Correction: other words")
    REMOVED = Sentence.REMOVED.value, pgettext_lazy("what a note tells", "Correction: words removed")
    ADDED = Sentence.ADDED.value, pgettext_lazy("what a note tells", "Correction: words added")
    LINK = Sentence.LINK.value, pgettext_lazy("what a note tells", "Correction: a link")
    SEVERAL = Sentence.SEVERAL.value, pgettext_lazy("what a note tells", "Correction: several changes")
    CLEARER_WORDS = Sentence.CLEARER_WORDS.value, pgettext_lazy("what a note tells", "Clarification: other words")
    CLEARER_REMOVED = Sentence.CLEARER_REMOVED.value, pgettext_lazy("what a note tells", "Clarification: words removed")
    CLEARER_ADDED = Sentence.CLEARER_ADDED.value, pgettext_lazy("what a note tells", "Clarification: words added")
    CLEARER_SEVERAL = (
        Sentence.CLEARER_SEVERAL.value,
        pgettext_lazy("what a note tells", "Clarification: several changes"),
    )
    ITEM_WORDS = Sentence.ITEM_WORDS.value, pgettext_lazy("what a note tells", "One of several: other words")
    ITEM_REMOVED = Sentence.ITEM_REMOVED.value, pgettext_lazy("what a note tells", "One of several: words removed")
    ITEM_ADDED = Sentence.ITEM_ADDED.value, pgettext_lazy("what a note tells", "One of several: words added")
    RETRACTION = Sentence.RETRACTION.value, pgettext_lazy("what a note tells", "Retraction")


class NotePattern(models.Model):
    """One sentence in one language, with the placeholders {old}, {new} and {changes}."""

    sentence = models.CharField(_("used for"), max_length=20, choices=NoteSentence.choices)
    language = models.CharField(_("language"), max_length=16)
    text = models.CharField(_("sentence"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sentence of public notes")
        verbose_name_plural = _("sentences of public notes")
        constraints = [models.UniqueConstraint(fields=["sentence", "language"], name="note_pattern_once_per_language")]

    def __str__(self) -> str:
        return f"{self.get_sentence_display()} ({self.language})"

    def clean(self) -> None:
        try:
            refuse_control_characters(self.text)
            if INVISIBLE.search(self.text):  # refused in each note that is made of it
                raise ControlCharacters([])
            if self.sentence:
                check_pattern(Sentence(self.sentence), self.text)
        except ControlCharacters as refusal:
            raise ValidationError({"text": _("Remove the control characters.")}) from refusal
        except PatternError as refusal:
            raise ValidationError({"text": _placeholder_message(refusal)}) from refusal


def _placeholder_message(refusal: PatternError) -> str:
    if not refusal.expected:
        return str(_("This sentence takes no placeholders in braces."))
    names = ", ".join(refusal.expected)
    return str(_("This sentence needs these placeholders, and no others: %(names)s.")) % {"names": names}
