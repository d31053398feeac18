"""Sentences made of measures: the headlines, captions and reasons that readers meet."""
