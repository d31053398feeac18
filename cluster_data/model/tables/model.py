"""The base of every table, and the types of its columns."""

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

Text = Series[str]
Number = Series[float]
Whole = Series[pd.Int64Dtype]
USUALLY = {"may_be_missing": False, "may_be_empty": True, "inside_region": True}  # its file, its rows, its positions


class Schema(pa.DataFrameModel):
    """Rows of one file. A class names the columns that tell rows without an id apart, and what is not as USUALLY."""

    class Config:
        """Every column declared and none other; numbers are read from text."""

        strict = True
        coerce = True

    def __init_subclass__(cls, unique: Sequence[str] = (), **traits: bool) -> None:
        """Take what the class says of the whole table."""
        said = {"unique": list(unique) or None, "metadata": traits}
        cls.Config = type("Config", (cls.Config,), said)  # type: ignore[assignment,misc]
        super().__init_subclass__()

    @classmethod
    def trait(cls, name: str) -> bool:
        """Whether the file may be missing or empty, or its positions lie in the region."""
        return bool(cls.Config.metadata.get(name, USUALLY[name]))  # type: ignore[attr-defined]
