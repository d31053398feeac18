"""Can I show this on stage?"""

from cluster_data import ui
from cluster_data.ui import stage

stage.present(ui.begin(__doc__))
