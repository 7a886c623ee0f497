"""Put a real sample of the output into the README, between its two marks.

Run it after a change to the catalogue, the planner or the page: `python tools/readme_sample.py`.
"""

import io
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from mealmag.cli.main import run

_COMMAND = ["plan", "--sex", "female", "--age", "34", "--start", "2026-11-23"]
_MARKS = re.compile(r"(<!-- sample -->\n).*?(<!-- end of sample -->)", re.DOTALL)
_FIRST_DAYS = 2


def sample(page: str) -> str:
    """The head, the first days and the summary of a plan's page; what is left out is said."""
    blocks = page.rstrip("\n").split("\n\n")
    days = [i for i, block in enumerate(blocks) if re.search(r"\nmagnesium [█░]", block)]
    kept = [*blocks[: days[0] + _FIRST_DAYS]]
    kept.append(f"  … {len(days) - _FIRST_DAYS} more days …")
    return "\n\n".join([*kept, *blocks[days[-1] + 1 :]])


def main() -> int:
    """Plan the sample week and rewrite the README; returns the exit code."""
    readme = Path(__file__).resolve().parent.parent / "README.md"
    page = io.StringIO()
    with tempfile.TemporaryDirectory() as home:
        code = run(
            _COMMAND,
            environ={"MEALMAG_HOME": home},
            stdout=page,
            today=date(2026, 11, 23),
            home=Path(home),
        )
    if code:
        return code
    text = f"```text\n$ mealmag {' '.join(_COMMAND)}\n{sample(page.getvalue())}\n```\n"
    before = readme.read_text("utf-8")
    readme.write_text(_MARKS.sub(lambda m: m[1] + text + m[2], before), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
