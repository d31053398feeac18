"""From a folder of files to a Cluster, or to every fault in it at once."""
