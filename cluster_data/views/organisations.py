"""Who is here: the directory, a profile, or two side by side."""

from cluster_data.views.page import Parameter

ORG = Parameter("org", "Profile", hint="Choose an organisation by name")
COMPARE = Parameter("compare", "Compare with", hint="Choose another")
PARAMETERS = (ORG, COMPARE)
