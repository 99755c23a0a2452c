"""The pages: each subject's views in a file of its own; they fetch, build a visible context and render."""
