"""The commands in bin/: each explains itself, refuses what it does not know, and says what is missing."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

COMMANDS = ("run", "test", "check", "bench", "screens")
BLOCKS = {"run": None, "read": ("reading", "anonymise"), "test": ("dev",), "node": ("node",)}


def run(project: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command with its output, without standard input."""
    return subprocess.run(
        command,
        cwd=project,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def in_lib(project: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A few lines of bash after bin/lib.sh."""
    return run(project, "bash", "-c", f". bin/lib.sh\n{script}", **variables)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(project: Path, name: str) -> None:
    done = run(project, f"bin/{name}", "--help")
    assert done.returncode == 0, done.stderr
    assert f"bin/{name}" in done.stdout


@pytest.mark.parametrize("name", ["run", "test", "check", "lock"])
def test_a_command_refuses_what_it_does_not_know(project: Path, name: str) -> None:
    done = run(project, f"bin/{name}", "--planted")
    assert done.returncode != 0
    assert "--planted" in done.stderr


def test_a_bench_or_a_test_that_is_not_there_is_said(project: Path) -> None:
    assert "There is no bench planted." in run(project, "bin/bench", "planted").stderr
    assert "There is no tests/planted." in run(project, "bin/test", "tests/planted").stderr


def test_every_command_can_be_run(project: Path) -> None:
    commands = [file for file in [*(project / "bin").iterdir(), project / ".ci/run"] if file.suffix != ".sh"]
    assert len(commands) >= 7
    assert [file.name for file in commands if not os.access(file, os.X_OK)] == []


def test_a_step_prints_one_line_with_its_seconds(project: Path) -> None:
    done = in_lib(project, "step 'Some work' echo hidden")
    assert re.fullmatch(r"  Some work +\d+\.\d s\n", done.stdout)


def test_a_failed_step_shows_what_it_said_and_ends_the_command(project: Path) -> None:
    done = in_lib(project, "step 'Some work' bash -c 'echo the reason; exit 3'\necho went on")
    assert done.returncode != 0
    assert "the reason" in done.stderr
    assert "went on" not in done.stdout


def test_without_the_right_to_install_the_exact_command_is_said(project: Path, tmp_path: Path) -> None:
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 9\n")
    (tmp_path / "apt-get").chmod(0o755)
    done = in_lib(project, f"PATH={tmp_path}:$PATH\nmay_install() {{ false; }}\napt_install python3-venv chromium")
    assert done.returncode == 1
    assert "  sudo apt-get install python3-venv chromium\n" in done.stderr


@pytest.mark.parametrize(("version", "status"), [("v18.20.4", 1), ("v20.18.9", 1), ("v20.19.0", 0), ("v24.1.0", 0)])
def test_an_old_node_is_told_from_a_new_one(project: Path, tmp_path: Path, version: str, status: int) -> None:
    pretend = f"Object.defineProperty(process.versions, 'node', {{ value: '{version[1:]}' }});"
    real = in_lib(project, "command -v node").stdout.strip()
    node = f'#!/bin/sh\nexec {real} -e "{pretend} $2"\n'
    (tmp_path / "node").write_text(node)
    (tmp_path / "node").chmod(0o755)
    assert in_lib(project, f"PATH={tmp_path}:$PATH\nnode_is_new || exit 1").returncode == status


def block(project: Path, name: str) -> list[str]:
    """The names of the packages in one block of the lock, as bin/lib.sh sees it."""
    text = in_lib(project, f"lock_block {name}").stdout
    return sorted(set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)))


def test_no_package_stands_in_two_blocks_of_the_lock(project: Path) -> None:
    names = [name for key in BLOCKS for name in block(project, key)]
    assert len(names) > 80
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_holds_what_pyproject_asks_for(project: Path, name: str) -> None:
    about = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    extras = BLOCKS[name]
    wanted = (
        about["dependencies"]
        if extras is None
        else [line for extra in extras for line in about["optional-dependencies"][extra]]
    )
    asked = {re.split(r"[\[<>=]", line)[0] for line in wanted}
    assert asked - set(block(project, name)) == set()


def test_opencv_comes_without_windows(project: Path) -> None:
    assert [name for name in block(project, "read") if name.startswith("opencv")] == ["opencv-python-headless"]


def test_a_block_is_installed_once_and_again_when_the_lock_changes(project: Path, tmp_path: Path) -> None:
    fake = f"VENV={tmp_path}\nPYTHON=true\n"
    install = "install_block test 'Python packages'\n"
    assert "Python packages" in in_lib(project, fake + install).stdout
    assert in_lib(project, fake + install).stdout == ""
    assert "Python packages" in in_lib(project, fake + "lock_block() { echo planted; }\n" + install).stdout


def test_a_block_that_failed_is_not_taken_for_installed(project: Path, tmp_path: Path) -> None:
    fake = f"VENV={tmp_path}\nPYTHON=false\n"
    for _ in range(2):
        done = in_lib(project, f"{fake}install_block test 'Python packages'\necho went on")
        assert done.returncode != 0
        assert "went on" not in done.stdout
