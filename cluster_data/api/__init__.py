"""The dashboard for programs: views, tables and records as data, by the parameters that links have.

Pure: a Cluster and the parameters of an address in, an answer out. `serving` puts it on the wire; the command line
takes views from `taken`.
"""
