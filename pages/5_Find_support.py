"""Who can help with this?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
