"""Puts seeds/ into a wheel, as copydesk/_seeds; all else stands in pyproject.toml.

An installed package then has its cases too, so that a handout runs outside the repository.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithSeeds(build_py):
    """Copies the cases beside the package's modules, but not where these are only linked to."""

    def run(self) -> None:
        """Build as usual, then add the cases."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "copydesk" / "_seeds"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree("seeds", target)


setup(cmdclass={"build_py": BuildWithSeeds})
