"""Where the data comes from, how fresh and how sure it is."""

from cluster_data.tables import TABLES
from cluster_data.views.page import Parameter

BY = Parameter("by", "By", ("D", "area"))
TABLE = Parameter("table", "Table", tuple(TABLES))
PARAMETERS = (BY, TABLE)
