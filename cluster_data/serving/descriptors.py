"""How many sockets and files this process may hold open."""

import sys
from contextlib import suppress

WANTED = 65_536


def allow_more() -> None:
    """Raise the limit as far as the system lets a process ask: each view takes one, and many begin with 1,024."""
    if sys.platform == "win32":
        return
    import resource

    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if most == resource.RLIM_INFINITY else min(most, WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):  # some systems allow less than they say
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
