"""What a place looks like."""

from cluster_data.views.page import Parameter

IN = Parameter("in", "Area", hint="Choose an area or a group of areas")
PARAMETERS = (IN,)
