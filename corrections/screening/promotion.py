"""Whether words that a reader sends look like advertising: several signs together, never one word alone."""

import re

# With a scheme, "www." or a path it is an address to be opened; a bare "Booking.com" is as often a name. All begin
# where nothing of the kind stands before, and parts have at most 63 characters: else "a-a-a-a…" takes time squared.
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”\"]+|(?<![\w.-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,6}/[^\s<>«»“”\"]*", re.IGNORECASE
)
ENDINGS = "com|net|org|info|biz|shop|store|online|site|club|top|xyz|icu|link|vip|io|me|ly|ua|ru|fr|de|es|uk|ae|sa|eg"
DOMAIN = re.compile(
    rf"(?<![\w@.-])(?:[\w-]{{1,63}}\.){{1,4}}(?:{ENDINGS})(?![\w-])|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}\.\w+"
)
# In full with a plus or a leading zero, as nobody writes years, sums or dates.
PHONE = re.compile(r"(?<![\w.,/:-])(?:\+\d|00\d|\(?0[1-9])(?:[ .()\xa0-]{0,2}\d){7,13}(?!\d)")
PRICE = re.compile(
    r"[$€£₴]\s?\d|\d\s?(?:[$€£₴]|грн\b|гривень|eur\b|usd\b|euros?\b|dollars?\b|dólares|درهم|ريال|جنيه|دولار)",
    re.IGNORECASE,
)
# Calls to the reader and the trades that advertise most, in the imperative or in full: "order" alone is news.
SALES = """
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
CALL = re.compile(rf"(?<!\w)(?:{SALES})(?!\w)")
NO_WORD = re.compile(r"[\W_]+")
SHOUTED = re.compile(r"\b[^\W\d_a-zа-яіїєґ]{4,}\b")
MOST_SHOUTED, MOST_MARKS = 2, 2  # two long words in capitals are UNESCO and NATO
ENOUGH = 2
ENOUGH_IN_NOTE = 3  # a note often names a source, and may be angry


def looks_like_advertising(exact: str, replacement: str | None, *, note: str = "", category: str = "") -> bool:
    """What the passage held already counts for nothing, and a note without a call to buy never counts."""
    if replacement is not None and _weight(exact, replacement, links=category != "link") >= ENOUGH:
        return True
    return bool(_calls(note) - _calls(exact)) and _weight(exact, note, links=False) >= ENOUGH_IN_NOTE


def addresses(text: str) -> set[str]:
    """Addresses and domains that a text names."""
    return {found.rstrip(".,;:!?)") for pattern in (ADDRESS, DOMAIN) for found in pattern.findall(text)}


def _weight(before: str, text: str, *, links: bool) -> int:
    """`links` says whether an address where there was none is already enough."""
    weight = min(ENOUGH, len(_calls(text) - _calls(before)))
    if not addresses(before):
        weight += 2 if links and ADDRESS.search(text) else bool(addresses(text))
    weight += sum(bool(sign.search(text)) and not sign.search(before) for sign in (PHONE, PRICE))
    return weight + _is_louder(before, text)


def _calls(text: str) -> set[str]:
    return set(CALL.findall(NO_WORD.sub(" ", text.casefold())))


def _is_louder(before: str, text: str) -> bool:
    shouted = set(SHOUTED.findall(text)) - set(SHOUTED.findall(before))
    return text.count("!") - before.count("!") > MOST_MARKS or len(shouted) > MOST_SHOUTED
