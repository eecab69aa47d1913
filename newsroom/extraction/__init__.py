"""Take an article out of another system's page: headline, standfirst, byline, body in the page's own markup; pure."""
