"""What IPTC's schema of ninjs 3.0 demands of a news item of type text, put down from its published field list.

No package carries the schema. Left out are what only events, planning and renditions use.
"""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
URI: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
COUNT: Schema = {"type": "integer"}
SHARE: Schema = {"type": "integer", "minimum": 0, "maximum": 100}


def closed(*required: str, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


def several(item: Schema) -> Schema:
    return {"type": "array", "items": item}


WORDS = closed("value", role=TEXT, contentType=TEXT, value=TEXT)
CONCEPT = closed(name=TEXT, rel=TEXT, uri=URI, literal=TEXT)
NINJS = closed(
    "uri",
    uri=URI,
    type={"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
    representationType={"enum": ["full", "partial"]},
    profile=TEXT,
    version=TEXT,
    firstCreated=MOMENT,
    versionCreated=MOMENT,
    contentCreated=MOMENT,
    embargoed=MOMENT,
    expires=MOMENT,
    pubStatus={"enum": ["usable", "withheld", "canceled"]},
    urgency={"type": "number"},
    copyrightHolder=TEXT,
    copyrightNotice=TEXT,
    usageTerms=TEXT,
    edNote=TEXT,
    language=TEXT,
    descriptions=several(WORDS),
    headlines=several(WORDS),
    bodies=several(
        closed("value", role=TEXT, contentType=TEXT, charCount=COUNT, wordCount=COUNT, value=TEXT),
    ),
    people=several(CONCEPT),
    organisations=several(CONCEPT),
    places=several(CONCEPT),
    objects=several(CONCEPT),
    subjects=several(
        closed(name=TEXT, rel=TEXT, uri=URI, literal=TEXT, creator=TEXT, relevance=SHARE, confidence=SHARE),
    ),
    infoSources=several(closed(name=TEXT, role=TEXT, uri=URI, literal=TEXT)),
    title=TEXT,
    by=TEXT,
    slugline=TEXT,
    located=TEXT,
    altIds=several(closed(role=TEXT, value=TEXT)),
    trustIndicators=several(closed(role=URI, title=TEXT, href=URI)),
    standard=closed(name=TEXT, version=TEXT, schema=URI),
    genres=several(closed(name=TEXT, uri=TEXT, literal=TEXT)),
)
