"""Markup within a sentence that an article here cannot keep, put into plain characters."""

from lxml.html import HtmlElement, builder

# CLDR's quotation marks, outer and inner.
QUOTATION_MARKS = {"de": "„“‚‘", "fr": "«»“”", "es": "«»“”", "uk": "«»„“", "ar": "“”‘’"}
DEFAULT_MARKS = "“”‘’"
NARROW = "\u202f"  # between French quotation marks and their words


def write_quotations(root: HtmlElement, language: str) -> None:
    """A <q> gets the quotation marks that a browser would draw for it; marks that stand there already are kept."""
    marks = QUOTATION_MARKS.get(language.partition("-")[0], DEFAULT_MARKS)
    gap = NARROW if language.startswith("fr") else ""
    for element in reversed(list(root.iter("q"))):  # the inner ones first
        level = 2 if any(each.tag == "q" for each in element.iterancestors()) else 0
        opening, closing = marks[level], marks[level + 1]
        if (element.text or "").lstrip()[:1] not in ("“", "”", '"', "«", "„", "‘"):
            element.text = opening + gap + (element.text or "")
            _append(element, gap + closing)
        element.drop_tag()


def write_readings(root: HtmlElement) -> None:
    """A ruby annotation stands in parentheses behind its word, as browsers without ruby show it."""
    for ruby in list(root.iter("ruby")):
        if not any(True for _each in ruby.iter("rp")):
            for reading in ruby.iter("rt"):
                reading.text = "(" + (reading.text or "")
                _append(reading, ")")
        for part in list(ruby.iter("rt", "rp", "rb", "rtc")):
            part.drop_tag()
        ruby.drop_tag()


def write_formulas(root: HtmlElement) -> None:
    """MathML becomes its text; what is raised or lowered stays so, a fraction gets a stroke."""
    for math in list(root.iter("math")):
        for extra in list(math.iter("annotation", "annotation-xml")):
            extra.drop_tree()
        written = builder.SPAN()
        _write(math, written)
        written.tail = math.tail
        holder = math.getparent()
        if holder is not None:
            holder.replace(math, written)
            _show(written, root)


def _write(node: HtmlElement, into: HtmlElement) -> None:
    tag = str(node.tag).rpartition("}")[2].rpartition(":")[2]
    parts = list(node)
    if tag in ("msup", "msub") and len(parts) == 2:
        _write(parts[0], into)
        raised = builder.SUP() if tag == "msup" else builder.SUB()
        into.append(raised)
        _write(parts[1], raised)
    elif tag == "mfrac" and len(parts) == 2:
        _write(parts[0], into)
        _append(into, "/")
        _write(parts[1], into)
    elif tag == "mo" and not parts:
        sign = (node.text or "").strip()
        _append(into, f" {sign} " if sign in ("=", "+", "−", "-", "<", ">", "≤", "≥", "≈", "×", "·") else sign)
    elif not parts:
        _append(into, " ".join((node.text or "").split()))
    else:
        for part in parts:
            _write(part, into)


def _show(written: HtmlElement, root: HtmlElement) -> None:
    """Pages hide a formula behind its picture: it leaves the hidden element, whose picture goes."""
    hidden = next((each for each in written.iterancestors() if "display" in (each.get("style") or "")), None)
    if hidden is None or hidden is root:
        return
    hidden.attrib.pop("style")
    following = hidden.getnext()
    if following is not None and following.tag == "img":
        following.drop_tree()


def _append(element: HtmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
