"""The same answers for language-model clients: narrow tools that only read, over standard input and output."""
