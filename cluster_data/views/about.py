"""On what terms the data can be used."""

from cluster_data.views.page import Parameter

PARAMETERS: tuple[Parameter, ...] = ()
