"""Models of newsroom: articles, revisions, drafts, editors, acts, withholdings, factors, note sentences, sources."""

from newsroom.models.acts import Act, AuditHead
from newsroom.models.articles import Article, ArticleQuerySet
from newsroom.models.drafts import Amendment, Draft, Picture, Proposal, WordingFields
from newsroom.models.editors import Editor, KnownNetwork
from newsroom.models.factors import AppFactor, RecoveryCode, RecoveryFactor
from newsroom.models.note_patterns import NotePattern, NoteSentence
from newsroom.models.public_changes import PublicChanges
from newsroom.models.refusals import Refused, WordsWithheld
from newsroom.models.revisions import Kind, Revision, RevisionQuerySet, RevisionText
from newsroom.models.sources import Source, SourceAddress, SourceArticle
from newsroom.models.withholdings import Withholding, WithholdingQuerySet

__all__ = [
    "Act",
    "Amendment",
    "AppFactor",
    "Article",
    "ArticleQuerySet",
    "AuditHead",
    "Draft",
    "Editor",
    "Kind",
    "KnownNetwork",
    "NotePattern",
    "NoteSentence",
    "Picture",
    "Proposal",
    "PublicChanges",
    "RecoveryCode",
    "RecoveryFactor",
    "Refused",
    "Revision",
    "RevisionQuerySet",
    "RevisionText",
    "Source",
    "SourceAddress",
    "SourceArticle",
    "Withholding",
    "WithholdingQuerySet",
    "WordingFields",
    "WordsWithheld",
]
