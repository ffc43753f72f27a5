"""The pages of an article: drawn as they were printed, with the marks of the text on them."""
