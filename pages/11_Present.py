"""Can I show this on stage?"""

from cluster_data import ui
from cluster_data.ui import stage

view = ui.begin(__doc__)
stage.present(view)
ui.foot(view)
