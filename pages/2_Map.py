"""Q?"""

from cluster_data import ui

view = ui.begin(__doc__)
