"""Files of event datasets, as pages of rows. What the rows mean is the codebook's, what becomes of them the store's."""

from detente.sources.datasets.files import File, find, opened, unpacked
from detente.sources.datasets.pages import PAGE_ROWS, paged, pages

__all__ = ["PAGE_ROWS", "File", "find", "opened", "paged", "pages", "unpacked"]
