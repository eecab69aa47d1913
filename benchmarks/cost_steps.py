"""The steps of a suggestion that benchmarks.costs measures, in the environment of a running site."""

import json
import sys
import uuid

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from benchmarks.costs import measure, number_source
from benchmarks.load import FORWARDED, NUMBER, address_of
from benchmarks.models import Bare
from benchmarks.pages import submission
from corrections.abuse.rate_limits import rate_limited
from corrections.abuse.senders import sender_hash
from corrections.api.schemas import SuggestionIn, as_sent
from corrections.models import Suggestion
from corrections.suggestions.submit import unsaved_suggestion
from corrections.suggestions.validation import clean_input, validation_errors
from newsroom.api.strict_json import parse_object
from newsroom.record.revision_cache import cached_revision


def main() -> None:
    """JSON on standard output: milliseconds of CPU and of wall clock by step."""
    handler, requests, number = WSGIHandler(), RequestFactory(), number_source()
    body = submission().body

    def send(path: str, content: str) -> None:
        headers = {"Host": "localhost", FORWARDED: address_of(number())}
        words = content.replace(NUMBER, number())
        request = requests.post(path, words, content_type="application/json", headers=headers)
        answer = handler(request.environ, lambda *_arguments: lambda _data: None)
        b"".join(answer)
        answer.close()

    sent = clean_input(as_sent(SuggestionIn.model_validate_json(body)))
    revision = cached_revision(json.loads(body)["article"], 1)
    assert revision

    def store() -> None:
        suggestion: Suggestion = unsaved_suggestion(revision, sent)
        suggestion.address_hash = uuid.uuid4().hex * 2
        suggestion.save(force_insert=True)

    def count_sender() -> None:
        with rate_limited(sender_hash(address_of(number()))):
            pass

    steps = {
        "a bare view with one INSERT, behind the same middleware": lambda: send("/bare/insert/", "x" * 300),
        "the INSERT of that alone": lambda: Bare.objects.create(text="x" * 300),
        "a suggestion, from request to answer": lambda: send("/api/suggestions", body),
        "its JSON and schema": lambda: SuggestionIn.model_validate(parse_object(body.encode())),
        "its rules": lambda: validation_errors(sent, revision),
        "its network counted in Redis": count_sender,
        "its row made and stored": store,
    }
    json.dump({name: measure(call) for name, call in steps.items()}, sys.stdout)
