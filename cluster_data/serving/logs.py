"""What the log does not hold: the addresses of visitors, and the same line over and over."""

import logging
import time
from collections.abc import Callable

SERVER = ("uvicorn.error", "uvicorn.asgi", "uvicorn", "websockets")
APP = (
    "streamlit.web.server.starlette.starlette_websocket",
    "streamlit.runtime.app_session",
    "streamlit.runtime.runtime",
    "streamlit.runtime.websocket_session_manager",
)
CONTEXT = "streamlit.runtime.scriptrunner_utils.script_run_context"
FILES = "streamlit.runtime.backend_operation_handler"
MOST_A_MINUTE = 5


class Seldom(logging.Filter):
    """Lets each line of code speak a few times a minute; then it says that it falls silent."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.clock = clock
        self.said: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written."""
        place = (record.pathname, record.lineno)
        since, times = self.said.get(place, (self.clock(), 0))
        if self.clock() - since >= 60:
            since, times = self.clock(), 0
        self.said[place] = (since, times + 1)
        if times == MOST_A_MINUTE - 1:
            record.msg = f"{record.msg} (said often; silent for the rest of a minute)"
        return times < MOST_A_MINUTE


def of_a_file_that_is(record: logging.LogRecord) -> bool:
    """Whether a line is of more than a file that was asked for and is not, or no longer, there.

    What went wrong while a file was made stands as the cause.
    """
    error = record.exc_info[1] if record.exc_info else None
    return type(error).__name__ != "MediaFileStorageError" or error is None or error.__cause__ is not None


def keep_quiet() -> None:
    """Set the filters, on the loggers themselves as handlers are made anew with each configuration."""
    logging.getLogger("uvicorn.access").addFilter(lambda _: False)
    logging.getLogger(CONTEXT).addFilter(lambda record: "missing ScriptRunContext" not in str(record.msg))
    logging.getLogger(FILES).addFilter(of_a_file_that_is)
    seldom = Seldom()
    for name in SERVER:
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)  # others name visitors
    for name in (*SERVER, *APP):
        logging.getLogger(name).addFilter(seldom)
