"""The lists of packages agree, and what the code imports is among them."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from analysis import environment

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DIRECT = environment.direct_requirements()


def imported(folder, nodes):
    """Third-party modules that the files of a folder import, and the packages that hold them."""
    own = {path.stem for path in (ROOT / "tests").glob("*.py")} | {"analysis"}
    providers = packages_distributions()
    found = {}
    for path in sorted((ROOT / folder).glob("*.py")):
        for node in nodes(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module]
            for name in {n.split(".")[0] for n in names} - sys.stdlib_module_names - own:
                packages = {environment.normalised(d) for d in providers.get(name, [])}
                found[f"{name} ({path.name})"] = packages
    return found


def test_pyproject_lock_and_conda_environment_agree():
    assert environment.disagreements() == []


@pytest.mark.parametrize("requirement", DIRECT)
def test_every_direct_package_is_locked_and_in_the_conda_environment(requirement):
    pins, _ = environment.read_lock()
    releases = [pin for pin in pins if pin.name == environment.package(requirement)]
    assert releases
    assert all(environment.within(pin.version, requirement) for pin in releases)
    conda = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert requirement in conda["dependencies"][-1]["pip"]


def test_conda_environment_installs_the_project_itself_at_the_same_python():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert conda["dependencies"][:2] == [f"python{PYPROJECT['requires-python']}", "pip"]
    assert conda["dependencies"][-1]["pip"][-1] == "-e ."
    assert conda["channels"] == ["conda-forge"]


def test_python_floor_is_the_same_everywhere():
    floor = re.fullmatch(r">=(3\.\d+)", PYPROJECT["requires-python"]).group(1)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"--python-version {floor} " in makefile
    assert f"({floor.replace('.', ', ')})" in makefile
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert ruff["target-version"] == "py" + floor.replace(".", "")


def test_lock_names_no_index_host_or_folder_and_hashes_every_release():
    pins, strange = environment.read_lock()
    assert strange == []
    assert len(pins) > len(DIRECT)
    assert all(pin.hashes for pin in pins)
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert not re.search(r"^\s*-(?!-hash)|://| @ |\bfile:", text, re.MULTILINE)


def test_every_package_the_code_imports_is_declared():
    declared = {environment.package(r) for r in environment.direct_requirements(extras=False)}
    found = imported("analysis", ast.walk)
    assert len(found) > 10
    assert [name for name, packages in found.items() if not packages & declared] == []


def test_every_package_the_tests_need_is_locked():
    locked = {pin.name for pin in environment.read_lock()[0]}
    found = imported("tests", lambda tree: tree.body)
    assert [name for name, packages in found.items() if not packages & locked] == []


def small_project(folder, dependency="corn>=1.2,<2", lock=None):
    (folder / "pyproject.toml").write_text(
        f'[project]\nname = "barn"\nrequires-python = ">=3.11"\ndependencies = ["{dependency}"]\n'
    )
    digest = "0" * 64
    (folder / "requirements.txt").write_text(
        lock or f"corn==1.3 \\\n    --hash=sha256:{digest}\n    # via barn\n"
    )
    (folder / "environment.yml").write_text(environment.environment_yml(folder))
    return folder


def test_lists_that_agree_raise_no_complaint(tmp_path):
    assert environment.disagreements(small_project(tmp_path)) == []


@pytest.mark.parametrize(
    ("dependency", "lock", "complaint"),
    [
        ("rye", None, "does not hold rye"),
        ("corn>=1.4", None, "holds corn 1.3, not corn>=1.4"),
        ("corn<1.3", None, "holds corn 1.3, not corn<1.3"),
        ("corn", "corn==1.3 \\\n", "corn has no hash"),
        ("corn", "--extra-index-url https://x.invalid/\n", "line 1: --extra-index-url"),
        ("corn", "corn>=1\n", "line 1: corn>=1"),
        ("corn", "corn @ file:///barn/corn.whl\n", "line 1: corn @"),
    ],
)
def test_lists_that_disagree_are_told(tmp_path, dependency, lock, complaint):
    problems = environment.disagreements(small_project(tmp_path, dependency, lock))
    assert any(complaint in problem for problem in problems)


def test_conda_environment_edited_by_hand_is_told(tmp_path):
    folder = small_project(tmp_path)
    with (folder / "environment.yml").open("a") as file:
        file.write("      - rye\n")
    assert environment.disagreements(folder) == ["environment.yml is not what pyproject.toml gives"]


@pytest.mark.parametrize(
    ("version", "requirement", "fits"),
    [
        ("2.10", "corn>=2.9", True),
        ("2.0", "corn>=2,<3", True),
        ("3", "corn>=2,<3", False),
        ("3.0.0", "corn<=3", True),
        ("1.5", "corn!=1.5", False),
        ("1.5", "corn", True),
    ],
)
def test_versions_are_compared_as_numbers(version, requirement, fits):
    assert environment.within(version, requirement) is fits
