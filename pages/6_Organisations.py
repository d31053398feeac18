"""Who is here?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
