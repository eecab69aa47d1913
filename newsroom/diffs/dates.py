"""Words that name days and months, by language: a wrong one is as wrong as a number, and no name."""

import re

from rapidfuzz.distance import OSA

# Languages that write them with a capital: in lower case the words mean something else ("may", "march").
CAPITALISED = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag Januar Jänner Februar März April Mai "
    "Juni Juli August September Oktober November Dezember",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December",
}
SHORT = {  # without Sun, Jan and Mar, which are names too
    "en": {
        **{date[:3]: date for date in CAPITALISED["en"].split() if date not in ("Sunday", "January", "March", "May")},
        "Tues": "Tuesday",
        "Thur": "Thursday",
        "Thurs": "Thursday",
        "Sept": "September",
    }
}
# Languages that write them small, or have no capitals: each date with its other forms.
SMALL = {
    "ar": "الأحد=الاحد الاثنين=الإثنين الثلاثاء الأربعاء=الاربعاء الخميس الجمعة السبت يناير=كانون فبراير=شباط "
    "مارس=آذار أبريل=إبريل=ابريل=نيسان مايو=أيار يونيو=حزيران يوليو=يوليوز=تموز أغسطس=اغسطس=غشت سبتمبر=شتنبر=أيلول "
    "أكتوبر=اكتوبر=تشرين نوفمبر=نونبر ديسمبر=دجنبر",
    "es": "lunes martes miércoles=miercoles jueves viernes sábado=sábados=sabado domingo=domingos enero febrero marzo "
    "abril mayo junio julio agosto septiembre=setiembre octubre noviembre diciembre",
    "fr": "lundi=lundis mardi=mardis mercredi=mercredis jeudi=jeudis vendredi=vendredis samedi=samedis "
    "dimanche=dimanches janvier février=fevrier mars avril mai juin juillet août=aout septembre octobre novembre "
    "décembre=decembre",
    "uk": "понеділок=понеділка=понеділку=понеділком=понеділки вівторок=вівторка=вівторку=вівторком=вівторки "
    "середа=середи=середі=середу=середою четвер=четверга=четвергу=четвергом=четверги "
    "пʼятниця=п'ятниця=п’ятниця=п'ятниці=п’ятниці=п'ятницю=п’ятницю=п'ятницею=п’ятницею "
    "субота=суботи=суботі=суботу=суботою неділя=неділі=неділю=неділею січень=січня=січню=січнем=січні "
    "лютий=лютого=лютому=лютим березень=березня=березню=березнем=березні квітень=квітня=квітню=квітнем=квітні "
    "травень=травня=травню=травнем=травні червень=червня=червню=червнем=червні липень=липня=липню=липнем=липні "
    "серпень=серпня=серпню=серпнем=серпні вересень=вересня=вересню=вереснем=вересні "
    "жовтень=жовтня=жовтню=жовтнем=жовтні листопад=листопада=листопаду=листопадом=листопаді "
    "грудень=грудня=грудню=груднем=грудні",
}
FORMS = {
    language: {form: date.split("=")[0] for date in dates.split() for form in date.split("=")}
    for language, dates in SMALL.items()
}
# With a capital these are more often people, or a planet: Julio, Avril, Mars, Mrs. Sereda.
NAMES_TOO = {"es": {"domingo", "abril", "julio"}, "fr": {"mars", "avril"}, "uk": {"середа", "неділя", "лютий"}}
POSSESSIVE = re.compile(r"['’]s?$|(?<=day)s$")  # "Wednesday's", "Wednesdays"
ELISION = re.compile(r"^\w['’](?=\w{3})")  # "d’avril"
SURE_DATE = 7  # letters: a shorter word may be a name that differs by one letter, as Marsh does from March
LONG_DATE = 9  # letters: no name is within two letters of Wednesday or September


def date_of(word: str, language: str) -> str:
    """The day or month that the word names, perhaps with one slip in English; empty for other words."""
    if language in FORMS:
        return FORMS[language].get(ELISION.sub("", word).lower(), "")
    dates = CAPITALISED.get(language, "").split()
    bare = POSSESSIVE.sub("", word) if language == "en" else word
    if bare in dates:
        return bare
    if short := SHORT.get(language, {}).get(bare):
        return short
    near = [date for date in dates if language == "en" and OSA.distance(bare, date) <= _slips(date)]
    return near[0] if near else ""


def is_no_name(word: str, language: str) -> bool:
    """Whether the word, written with a capital, names a day or a month and nobody."""
    date = date_of(word, language)
    return bool(date) and date not in NAMES_TOO.get(language, ())


def dates_differ(old: list[str], new: list[str], language: str) -> bool:
    """Whether one text names other days and months than the other, whose words these are.

    Where they are written small, one that only comes may be the right spelling of a slip, and does not count.
    """
    if language in FORMS:
        before, after = (sorted(filter(None, (date_of(word, language) for word in words))) for words in (old, new))
        return any(before.count(date) > after.count(date) for date in before)
    return _capitalised(old, language) != _capitalised(new, language)


def _capitalised(words: list[str], language: str) -> list[str]:
    return [date for word in words if word[0].isupper() and (date := date_of(word, language))]


def _slips(date: str) -> int:
    """Letters in which a misspelt date may differ."""
    return (len(date) >= SURE_DATE) + (len(date) >= LONG_DATE)
