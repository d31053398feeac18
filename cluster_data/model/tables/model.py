"""The base of every table, and the types of its columns."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

Text = Series[str]
Number = Series[float]
Whole = Series[pd.Int64Dtype]


class Table(pa.DataFrameModel):
    """Rows of one file."""

    class Config:
        """Every column declared and none other; numbers are read from text. `unique` tells rows without an id apart."""

        strict = True
        coerce = True
