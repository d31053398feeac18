"""Where do we stand, and how far is the target?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
