"""Keep the three lists of packages in step: pyproject.toml, requirements.txt, environment.yml.

``pyproject.toml`` is written by hand. The lock ``requirements.txt`` (exact releases and hashes,
for pip) and ``environment.yml`` (for conda and Binder) are made from it by ``make lock``.
``python -m analysis.environment`` writes ``environment.yml`` and lists what does not agree; it
needs the standard library only.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PIN = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$"
)
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
_BOUND = re.compile(r"\s*(>=|<=|==|!=|<|>)\s*([0-9]+(?:\.[0-9]+)*)\s*$")

_HEAD = """\
# Written by `make lock` from pyproject.toml; do not edit. For conda and Binder:
#   conda env create -f environment.yml && conda activate {name}
name: {name}
channels:
  - conda-forge
dependencies:
  - python{python}
  - pip
  - pip:
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """One release of the lock.

    Attributes
    ----------
    name : str
        Normalised name of the package.
    version : str
    marker : str
        Where the release is meant for, or ``""``.
    hashes : int
        How many files of it the lock names.
    """

    name: str
    version: str
    marker: str
    hashes: int


def normalised(name: str) -> str:
    """Return the name of a package as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def package(requirement: str) -> str:
    """Return the normalised name a requirement such as ``"pandas>=2.2,<4"`` begins with."""
    found = _NAME.match(requirement)
    if not found:
        raise ValueError(f"{requirement!r} does not begin with the name of a package")
    return normalised(found.group())


def direct_requirements(root: Path = ROOT, *, extras: bool = True) -> list[str]:
    """Read the requirements written in pyproject.toml.

    Parameters
    ----------
    root : Path
        Folder of the project.
    extras : bool
        With those for tests and for building.

    Returns
    -------
    list of str
        As written, in the order of the file.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = list(project["dependencies"])
    if extras:
        for group in project.get("optional-dependencies", {}).values():
            found += group
    return found


def environment_yml(root: Path = ROOT) -> str:
    """Return the text of environment.yml.

    Every direct requirement stands under ``pip:`` with its bounds, and the project itself as
    ``-e .``, so that notebooks can import it from any folder.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    head = _HEAD.format(name=project["name"], python=project["requires-python"])
    lines = [*direct_requirements(root), "-e ."]
    return head + "".join(f"      - {line}\n" for line in lines)


def read_lock(root: Path = ROOT) -> tuple[list[Pin], list[str]]:
    """Read requirements.txt.

    Returns
    -------
    (list of Pin, list of str)
        The releases, and the lines that have no place in the lock (an index, a host, a folder
        of files, a release without ``==``).
    """
    pins: list[Pin] = []
    strange: list[str] = []
    for number, line in enumerate((root / "requirements.txt").read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pin = _PIN.match(line)
        if pin:
            name, version, marker = pin.group("name", "version", "marker")
            pins.append(Pin(normalised(name), version, marker or "", 0))
        elif pins and _HASH.match(line):
            last = pins[-1]
            pins[-1] = Pin(last.name, last.version, last.marker, last.hashes + 1)
        else:
            strange.append(f"requirements.txt, line {number}: {line.strip()}")
    return pins, strange


def within(version: str, requirement: str) -> bool:
    """Tell whether a release lies within the bounds of a requirement.

    Only plain numbers are compared; a requirement with other bounds (``~=``, markers) raises.

    Raises
    ------
    ValueError
        For bounds or versions that are not plain numbers.
    """
    bounds = _NAME.sub("", requirement, count=1).strip()
    have = _numbers(version)
    for part in filter(None, bounds.split(",")):
        found = _BOUND.match(part)
        if not found:
            raise ValueError(f"{requirement!r}: the bound {part!r} is not a plain comparison")
        limit = _numbers(found.group(2))
        width = max(len(have), len(limit))
        left, right = (n + (0,) * (width - len(n)) for n in (have, limit))
        if not {
            ">=": left >= right,
            "<=": left <= right,
            "==": left == right,
            "!=": left != right,
            "<": left < right,
            ">": left > right,
        }[found.group(1)]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    release = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    if not release:
        raise ValueError(f"{version!r} is not a version number")
    return tuple(int(n) for n in release.group().split("."))


def disagreements(root: Path = ROOT) -> list[str]:
    """List where the three files do not agree.

    Parameters
    ----------
    root : Path
        Folder of the project.

    Returns
    -------
    list of str
        One sentence each; empty if all is well.
    """
    pins, problems = read_lock(root)
    problems += [f"requirements.txt: {p.name} has no hash" for p in pins if not p.hashes]
    for requirement in direct_requirements(root):
        releases = [pin for pin in pins if pin.name == package(requirement)]
        if not releases:
            problems.append(f"requirements.txt does not hold {requirement}")
        problems += [
            f"requirements.txt holds {pin.name} {pin.version}, not {requirement}"
            for pin in releases
            if not within(pin.version, requirement)
        ]
    written = root / "environment.yml"
    if not written.exists() or written.read_text("utf-8") != environment_yml(root):
        problems.append("environment.yml is not what pyproject.toml gives")
    return problems


def main() -> int:
    """Write environment.yml and report what does not agree.

    Returns
    -------
    int
        0, or 1 if the lock needs ``make lock``.
    """
    (ROOT / "environment.yml").write_bytes(environment_yml().encode("utf-8"))
    problems = disagreements()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("pyproject.toml, requirements.txt and environment.yml agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
