"""Ranks for the cases that are there, and the reasons for declining that most desks need, in six languages."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

REASONS = {
    "en": [
        "The article is right as it stands; we checked it against the source.",
        "Both spellings are correct, and ours follows our style guide.",
        "The words are a quotation, and we leave quotations as they were said.",
        "We could not confirm this. Please send us a source.",
        "This is a matter of opinion, not an error.",
    ],
    "uk": [
        "У статті все правильно: ми звірили її з джерелом.",
        "Обидва написання правильні, наше відповідає нашому правопису.",
        "Це цитата, а цитати ми залишаємо такими, як їх сказано.",
        "Ми не змогли цього підтвердити. Надішліть, будь ласка, джерело.",
        "Це питання думки, а не помилка.",
    ],
    "fr": [
        "L’article est exact : nous l’avons vérifié auprès de la source.",
        "Les deux graphies sont correctes, la nôtre suit nos règles de rédaction.",
        "Il s’agit d’une citation, et nous laissons les citations telles qu’elles ont été dites.",
        "Nous n’avons pas pu le confirmer. Merci de nous envoyer une source.",
        "C’est une question d’opinion, non une erreur.",
    ],
    "es": [
        "El artículo es correcto: lo hemos comprobado con la fuente.",
        "Las dos grafías son correctas y la nuestra sigue nuestro libro de estilo.",
        "Es una cita, y dejamos las citas como se dijeron.",
        "No hemos podido confirmarlo. Envíenos, por favor, una fuente.",
        "Es una cuestión de opinión, no un error.",
    ],
    "de": [
        "Der Artikel stimmt so; wir haben ihn mit der Quelle verglichen.",
        "Beide Schreibweisen sind richtig, unsere folgt unseren Hausregeln.",
        "Das ist ein Zitat, und Zitate lassen wir so, wie sie gesagt wurden.",
        "Wir konnten das nicht bestätigen. Bitte schicken Sie uns eine Quelle.",
        "Das ist eine Frage der Meinung, kein Fehler.",
    ],
    "ar": [
        "المقال صحيح كما هو، وقد راجعناه مع المصدر.",
        "كلتا الكتابتين صحيحة، وكتابتنا تتبع دليل أسلوبنا.",
        "هذا اقتباس، ونحن نترك الاقتباسات كما قيلت.",
        "لم نتمكن من تأكيد ذلك. نرجو أن ترسل لنا مصدرًا.",
        "هذه مسألة رأي وليست خطأ.",
    ],
}


def rank_by_first_report(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("corrections", "Case").objects.update(rank=F("first_at"))


def make_reasons(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    reason = apps.get_model("corrections", "Reason")
    for language, texts in REASONS.items():
        for position, text in enumerate(texts):
            reason.objects.get_or_create(language=language, text=text, defaults={"position": position})


class Migration(migrations.Migration):
    dependencies = [("corrections", "0003_desk")]
    operations = [
        migrations.RunPython(rank_by_first_report, migrations.RunPython.noop),
        migrations.RunPython(make_reasons, migrations.RunPython.noop),
    ]
