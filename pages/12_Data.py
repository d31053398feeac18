"""Where does this come from, how fresh is it, and how sure?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
