"""Archive the written replies (答复) of Chinese government to suggestions and proposals."""

__version__ = "0.1.0"
