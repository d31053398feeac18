"""What is here for an investor."""

from cluster_data.measures import invest
from cluster_data.views.page import Parameter

PICK = Parameter("pick", "Shortlist")
SPINOUT = Parameter("spinout", "Origin", invest.NARROWED["spinout"])
FUNDED = Parameter("funded", "Funding", invest.NARROWED["funded"])
LINKED = Parameter("linked", "Trusts", invest.NARROWED["linked"])
ORDER = Parameter("order", "In order", invest.ORDERS)
PARAMETERS = (PICK, SPINOUT, FUNDED, LINKED, ORDER)
