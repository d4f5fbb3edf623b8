"""Shared parts: a front end imports nothing, so what it needs is put before it, once."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

import widgets
from widgets.base import parts
from widgets.base.front_end import FrontEnd
from widgets.base.parts import is_front_end, with_needs

sys.path.insert(0, str(Path(widgets.__file__).parents[1] / "book" / "_ext"))
front_ends = importlib.import_module("publishing.output.front_ends")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two widgets that share one part, in a house of their own."""
    files = {
        "share/line.js": "const line = (() => 1)();\n",
        "share/line.css": ".line { color: red; }\n",
        "one/one.js": "// Needs: share/line.js\nfunction render() { return line; }\n\nexport default { render };\n",
        "one/one.css": ".one { color: blue; }\n",
        "two/two.js": "// Needs: share/line.js\nfunction render() { return -line; }\n\nexport default { render };\n",
        "two/two.css": ".two { color: green; }\n",
        "base/host.js": "// host\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(parts, "WIDGETS", tmp_path)
    monkeypatch.setattr(front_ends, "WIDGETS", tmp_path)
    return tmp_path


def test_a_page_gets_a_shared_part_once(room: Path) -> None:
    script = front_ends.script(["one", "two"])
    assert script.count("const line") == 1
    assert script.index("const line") < script.index('frontEnds["one"]')
    sheet = front_ends.style(["one", "two"])
    assert sheet.count(".line") == 1
    assert ".one" in sheet
    assert ".two" in sheet


def test_a_notebook_gets_the_part_with_each_widget(room: Path) -> None:
    class One(FrontEnd, folder=room / "one"):
        pass

    assert str(One._esm).startswith("const line")
    assert str(One._esm).rstrip().endswith("export default { render };")
    assert ".line" in str(One._css)
    assert str(One._css).index(".line") < str(One._css).index(".one")


def test_a_part_is_no_widget(room: Path) -> None:
    assert set(front_ends.front_ends()) == {"one", "two"}


def test_a_part_that_does_not_exist_is_named_with_what_would_be_right(room: Path) -> None:
    (room / "one" / "one.js").write_text("// Needs: share/lines.js\nexport default { render };\n", "utf-8")
    with pytest.raises(
        LookupError, match=r"^one/one\.js: there is no part 'share/lines\.js'; .*// Needs: head/drawing\.js$"
    ):
        with_needs([room / "one" / "one.js"])
    with pytest.raises(front_ends.ExtensionError, match=r"there is no part"):
        front_ends.script(["one"])


def test_every_part_of_the_course_leaves_one_constant_and_imports_nothing() -> None:
    found = [path for path in with_needs(front_ends.front_ends().values()) if not is_front_end(path)]
    assert {path.name for path in found} == {"chance.js", "drawing.js"}
    for path in found:
        lines = path.read_text("utf-8").splitlines()
        assert len([line for line in lines if line.startswith(("const ", "let ", "function "))]) == 1, (
            path.name
        )
        assert not [line for line in lines if line.startswith(("import ", "export "))]
