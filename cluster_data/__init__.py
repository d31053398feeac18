"""The cluster: its tables, what can be asked of them, and how the answers are drawn."""

import pandas as pd

pd.set_option("mode.string_storage", "python")
