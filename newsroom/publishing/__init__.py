"""Writers of articles: revisions under the policy, drafts, proposals, reverts, withholding, pictures, imports."""
