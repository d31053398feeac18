"""What has been made of the data as it is now, kept for those who ask next."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cluster_data.model.cluster import Cluster

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The answers asked for last, so `most`, by the data that they are made of; those alone that are `worth` it."""

    def __init__(self, most: int, worth: Callable[[Made], bool] = lambda _: True) -> None:
        self.most, self.worth = most, worth
        self._kept: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, cluster: Cluster, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under this key, or is made now; two who ask at once may both make it."""
        key = (cluster.fingerprint, key)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            if self.worth(made):
                self._kept[key] = made
                while len(self._kept) > self.most:
                    self._kept.popitem(last=False)
        return made
