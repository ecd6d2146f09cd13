"""Run every check of the project: `python -m tests`. Further arguments go to pytest."""

import subprocess
import sys

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "--numprocesses", "2", "--dist", "loadfile", *sys.argv[1:]),
)


def main() -> int:
    """Run the checks in order; the first that fails decides the exit code."""
    for check in CHECKS:
        print("$", *check, flush=True)  # noqa: T201
        if code := subprocess.run([sys.executable, "-m", *check], check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
