"""Shared parts: a front end imports nothing, so what it needs is put before it, once."""

from __future__ import annotations

import importlib
import re
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
        "base/registry.js": "const frontEnds = {};\n",
        "base/host.js": "// Needs: base/registry.js\n// host\n",
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


def test_what_a_kernel_does_in_a_notebook_a_script_does_in_the_page(room: Path) -> None:
    (room / "share" / "banks.js").write_text("const banks = 1;\n", encoding="utf-8")
    one = room / "one" / "one.js"
    one.write_text(f"// Needs in the page: share/banks.js\n{one.read_text('utf-8')}", encoding="utf-8")
    assert "const banks" in front_ends.script(["one"])
    assert "const banks" not in front_ends.script(["two"])
    assert "const banks" not in parts.module(one)


def test_a_page_brings_a_part_for_a_kind_of_thing_where_it_shows_one(room: Path) -> None:
    (room / "one" / "spot.js").write_text(
        "// Needs: share/line.js\nfrontEnds.spot = line;\n", encoding="utf-8"
    )
    (room / "one" / "spot.css").write_text(".spot { color: teal; }\n", encoding="utf-8")
    one = room / "one" / "one.js"
    one.write_text(f"// Needs where used: one/spot.js\n{one.read_text('utf-8')}", encoding="utf-8")
    assert front_ends.with_parts("one", '<form data-type="spots">') == "one"
    assert front_ends.with_parts("one", '<form data-type="spot">') == "one.spot"
    for name, there in {"one": False, "one.spot": True}.items():
        assert (".spot=" in front_ends.made(f"{name}.widgets.js")) is there
        assert (".spot{" in front_ends.made(f"{name}-two.widgets.css")) is there
    assert "frontEnds.spot" in parts.module(one)


def test_a_front_end_that_needs_another_finds_it_in_both_faces(room: Path) -> None:
    two = room / "two" / "two.js"
    two.write_text("// Needs: one/one.js\nfunction render() {}\n\nexport default { render };\n", "utf-8")
    for text in (parts.module(two), front_ends.script(["two"])):
        assert text.index("const frontEnds") < text.index('frontEnds["one"]') < text.rindex("function render")


def scripts() -> list[Path]:
    return sorted(path for path in Path(widgets.__file__).parent.rglob("*.js"))


def names_of(part: Path) -> set[str]:
    """What a part leaves for those who need it: what it declares at its left edge."""
    return set(re.findall(r"^(?:const|let|(?:async )?function) (\w+)", part.read_text("utf-8"), re.MULTILINE))


def test_parts_import_nothing_and_no_two_leave_one_name() -> None:
    left: dict[str, Path] = {}
    for path in scripts():
        if is_front_end(path):
            continue
        assert not re.search("^(import|export) ", path.read_text("utf-8"), re.MULTILINE), path
        for name in names_of(path):
            assert name not in left, f"{path.name} and {left[name].name} both leave {name}"
            left[name] = path


def test_a_script_asks_for_every_part_that_it_uses() -> None:
    left = {name: path for path in scripts() if not is_front_end(path) for name in names_of(path)}
    for path in scripts():
        had = with_needs([path], in_page=True)
        text = re.sub(r"//.*|(?s:/\*.*?\*/)|\"[^\"\n]*\"", "", path.read_text("utf-8"))
        # Its own names, parameters among them, may be those of a part that it has nothing to do with.
        bound = re.findall(r"(?:const|let|function) (\w+|[\[{].*?[\]}])|\(([^()]*)\) =>", text)
        own = set(re.findall(r"\w+", " ".join(map(" ".join, bound))))
        for name, part in left.items():
            if part in had or name in own:
                continue
            used = re.search(rf"(?<![\w.$-]){name}\(|(?<![\w.$\[-]){name}\.", text)
            assert not used, f"{path.name} uses {name}: write // Needs: {part.parent.name}/{part.name}"
