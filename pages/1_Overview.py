"""How big is the cluster, and where is its weight?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
