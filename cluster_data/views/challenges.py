"""Which challenge meets which D, and where help is missing."""

from cluster_data.measures import help
from cluster_data.views.page import Parameter

CHALLENGE = Parameter("challenge", "Challenge", hint="Choose a challenge")
COLUMN = Parameter("column", hint="All columns")
LENS = Parameter("lens", "Lens", tuple(help.LENS))
BY = Parameter("by", "Columns by", help.SPLITS, resets=("column",))
PARAMETERS = (CHALLENGE, COLUMN, LENS, BY)
