"""The story shown on stage: that of a link, or of the pack. The stage itself tells it scene by scene."""

from cluster_data.views.page import Parameter

VIEW = Parameter("view", "Views of the story", text=True, kept=True)
SCENE = Parameter("scene", "Scene", text=True)
NOTES = Parameter("notes", "Notes for the presenter", text=True)
PARAMETERS = (VIEW, SCENE, NOTES)
ICON = "slideshow"
