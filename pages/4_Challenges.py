"""Which challenge meets which D, and where is help missing?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
