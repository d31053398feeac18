"""On what terms can I use this?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
