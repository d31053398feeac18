"""Makes `python -m cluster_data` the command line of the package."""

from cluster_data.cli import main

raise SystemExit(main())
