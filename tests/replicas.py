"""Two replicas behind nginx with TLS, as deploy/up --try serves them, for tests that harm them."""

import threading
from contextlib import contextmanager
from http.client import HTTPException
from urllib.error import HTTPError, URLError

from bench import site
from bench.server import ROOT, START_LIMIT
from bench.site import ANY_CERTIFICATE, MISSING

__all__ = ["ANY_CERTIFICATE", "MISSING", "ROOT", "START_LIMIT", "Site"]


class Site(site.Site):
    """What one deploy/up --try serves."""

    def start(self, **environment):
        super().start({"CLUSTER_METRICS": "loopback"} | environment)

    def serving(self):
        """The port of the one replica that holds a view."""
        held = [port for port in self.ports if "\ncluster_sessions 1\n" in self.read(f"{self.replica(port)}/metrics")]
        assert len(held) == 1
        return held[0]

    @contextmanager
    def asked_all_the_while(self):
        """Ask for pages, without pause, and fail if one was not given."""
        failed, done, times = [], threading.Event(), []

        def ask():
            while not done.is_set():
                try:
                    times.append(len(self.read(f"{self.url}/Areas?d=Data")))
                except (HTTPError, URLError, HTTPException, OSError) as fault:
                    failed.append(repr(fault))

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for one in asking:
            one.start()
        try:
            yield
        finally:
            done.set()
            for one in asking:
                one.join()
        assert not failed and len(times) > 10
