"""Who can help with a need."""

from cluster_data.views.page import Parameter

NEED = Parameter("need", "Challenge or theme", hint="Any")
HELP_STAGE = Parameter("help_stage", "Stage of the product", hint="Any stage")
NEAR = Parameter("near", "Where you are", hint="Postcode, town or borough", text=True)
MOST = Parameter("most", "How many to show", ("10", "25", "100", "1000"))
THEME = Parameter("theme", "Within a theme", hint="Any theme")
ENDED = Parameter("ended", "Help known to have ended", ("left out", "listed too"))
PARAMETERS = (NEED, HELP_STAGE, NEAR, MOST, THEME, ENDED)
