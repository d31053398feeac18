"""Who works with whom, and who might meet."""

from cluster_data.views.page import Parameter

LINK = Parameter("link", "Kind of link")
AROUND = Parameter("around", "Look at one organisation", hint="Choose one, or a mark below")
FROM = Parameter("from", "From", hint="Choose an organisation")
TO = Parameter("to", "To", hint="Choose another")
PARAMETERS = (LINK, AROUND, FROM, TO)
