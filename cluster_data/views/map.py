"""Where everything is: organisations, or firms per head, in the region or near a place."""

from cluster_data.views.page import Parameter

SHOW = Parameter("show", "Show", ("organisations", "firms per 100,000 residents"))
NEAR = Parameter("near", "Near a postcode or place", hint="Postcode, town or suburb", text=True)
WITHIN = Parameter("within", "Within (km)", ("10", "2", "5", "20", "40"))
ZOOM = Parameter("zoom", "Zoom", ("whole view", "closer", "close", "closest"))
PARAMETERS = (SHOW, NEAR, WITHIN, ZOOM)
