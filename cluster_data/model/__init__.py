"""What is known and what is asked: the tables of a pack as one immutable Cluster, the Filter, search and words."""
