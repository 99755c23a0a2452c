"""The record for other programs: its public form, feeds, calendars, citations, linked data, the dataset."""
