"""What is here for an investor?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
