"""What does my place look like?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
