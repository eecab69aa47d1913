"""Advertising score of a suggestion: several signals together, never one word alone."""

import re

# URLs: with a scheme, "www." or a path; a bare "Booking.com" is often a name. The lookbehind and the limit of 63
# characters per label prevent quadratic backtracking (ReDoS) on "a-a-a-a…".
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”\"]+|(?<![\w.-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,6}/[^\s<>«»“”\"]*", re.IGNORECASE
)
ENDINGS = "com|net|org|info|biz|shop|store|online|site|club|top|xyz|icu|link|vip|io|me|ly|ua|ru|fr|de|es|uk|ae|sa|eg"
DOMAIN = re.compile(
    rf"(?<![\w@.-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{ENDINGS})(?![\w-])|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}\.\w+"
)
# Complete numbers with a plus or a leading zero, which years, sums and dates do not have.
PHONE = re.compile(r"(?<![\w.,/:-])(?:\+\d|00\d|\(?0[1-9])(?:[ .()\xa0-]{0,2}\d){7,13}(?!\d)")
PRICE = re.compile(
    r"[$€£₴]\s?\d|\d\s?(?:[$€£₴]|грн\b|гривень|eur\b|usd\b|euros?\b|dollars?\b|dólares|درهم|ريال|جنيه|دولار)",
    re.IGNORECASE,
)
# Calls to action and phrases of frequent advertisers; whole phrases, since "order" alone occurs in news.
PHRASES = """
click here|(?:buy|order|shop|call|act|sign up|apply) (?:now|today)|visit our|check out our|follow us
|(?:limited|special) offer|best prices?|free (?:shipping|delivery)|promo code|discount code|money back guarantee
|earn (?:money|cash)|work from home|online casino|viagra|payday loans?|guaranteed profits?|seo services|backlinks

|(?:клікніть|клацніть|натисніть|тисніть) (?:тут|сюди)|(?:купуйте|замовляйте|телефонуйте|дзвоніть)(?: (?:зараз|вже))?
|замовте|підпи(?:суйтеся|суйтесь|шіться)|переходьте за посиланням|знижк[аиуою]+|промокод\\w*|акційн\\w+
|безкоштовн\\w+ доставк\\w+|(?:найкращ|найнижч)\\w+ цін\\w+|онлайн казино|швидк\\w+ заробіт\\w+|кредит онлайн

|cliquez ici|(?:achetez|commandez|appelez|profitez|réservez)(?: (?:vite|maintenant|dès maintenant))?|abonnez vous
|suivez nous|visitez notre|offre (?:spéciale|limitée)|livraison (?:gratuite|offerte)|codes? promo|meilleurs? prix
|pas cher|gagnez de l argent|casino en ligne

|ha[zg]a? clic|(?:compr[ae]|pid[ae]|llam[ae]) (?:ahora|ya)|llámenos|llámanos|suscríbete|suscríbase|síguenos
|visit[ae] nuestr[ao]|oferta (?:especial|limitada)|env[ií]o gratis|código (?:promocional|de descuento)
|(?:mejor|mejores) precios?|gan[ae] dinero|casino en línea|casino online

|hier klicken|klicken sie hier|jetzt (?:kaufen|bestellen|anmelden|anrufen|sichern)|(?:bestellen|kaufen) sie
|rufen sie uns an|besuchen sie unser\\w*|folgen sie uns|sonderangebot\\w*|(?:kostenloser|gratis) versand|gratisversand
|gutscheincode|rabattcode|beste[rn]? preise?|geld verdienen|online casino

|(?:اضغط|انقر|اضغطوا|انقروا) هنا|(?:اشتر|اشتري|اشتروا|اطلب|اطلبوا|اتصل|اتصلوا) (?:الآن|الان|بنا)|تواصل(?:وا)? معنا
|زوروا موقعنا|تابعونا|عرض خاص|خصم|تخفيضات|كود خصم|(?:شحن|توصيل) مجاني|أفضل (?:سعر|الأسعار)|كازينو اونلاين
""".replace("\n", "")
CALL_TO_ACTION = re.compile(rf"(?<!\w)(?:{PHRASES})(?!\w)")
NO_WORD = re.compile(r"[\W_]+")
ALL_CAPS = re.compile(r"\b[^\W\d_a-zа-яіїєґ]{4,}\b")
MAX_ALL_CAPS, MAX_EXCLAMATION_MARKS = 2, 2  # two may be UNESCO and NATO
THRESHOLD = 2
NOTE_THRESHOLD = 3  # notes often contain a source, or shout


def looks_like_advertising(exact: str, replacement: str | None, *, note: str = "", category: str = "") -> bool:
    """Signals already in the passage are ignored, and a note needs a call to action."""
    if replacement is not None and _score(exact, replacement, links=category != "link") >= THRESHOLD:
        return True
    return bool(_calls_to_action(note) - _calls_to_action(exact)) and _score(exact, note, links=False) >= NOTE_THRESHOLD


def find_addresses(text: str) -> set[str]:
    """URLs, domains and e-mail addresses in a text."""
    return {found.rstrip(".,;:!?)") for pattern in (ADDRESS, DOMAIN) for found in pattern.findall(text)}


def _score(before: str, text: str, *, links: bool) -> int:
    """With `links`, a new URL alone reaches the threshold."""
    weight = min(THRESHOLD, len(_calls_to_action(text) - _calls_to_action(before)))
    if not find_addresses(before):
        weight += 2 if links and ADDRESS.search(text) else bool(find_addresses(text))
    weight += sum(bool(sign.search(text)) and not sign.search(before) for sign in (PHONE, PRICE))
    return weight + _is_louder(before, text)


def _calls_to_action(text: str) -> set[str]:
    return set(CALL_TO_ACTION.findall(NO_WORD.sub(" ", text.casefold())))


def _is_louder(before: str, text: str) -> bool:
    shouted = set(ALL_CAPS.findall(text)) - set(ALL_CAPS.findall(before))
    return text.count("!") - before.count("!") > MAX_EXCLAMATION_MARKS or len(shouted) > MAX_ALL_CAPS
