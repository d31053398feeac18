"""Where the region stands, and how far its targets are."""

from cluster_data.views.page import Parameter

MEASURE = Parameter("measure", "Goals for", resets=("baseline",))
BASELINE = Parameter("baseline", "Counted from", hint="No baseline is known")
SINCE = Parameter("since", "Goals without a year: from")
UNTIL = Parameter("until", "Goals without a year: until")
METRIC = Parameter("metric", "Compare by")
TOPIC = Parameter("topic", "Topic")
NOTES = Parameter("notes", "Notes on other figures", ("hidden", "shown"))
PARAMETERS = (MEASURE, BASELINE, SINCE, UNTIL, METRIC, TOPIC, NOTES)
