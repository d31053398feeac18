"""How big the cluster is, and where its weight lies."""

from cluster_data.views.page import Parameter

PARAMETERS: tuple[Parameter, ...] = ()
