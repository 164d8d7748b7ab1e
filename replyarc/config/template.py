"""The commented configuration that ``replyarc init`` writes: ``template.toml``, beside this file.

``config.example.toml`` at the top of the repository is the same text; a test holds them equal.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

TEMPLATE: Final = resources.files("replyarc.config").joinpath("template.toml").read_text("utf-8")
