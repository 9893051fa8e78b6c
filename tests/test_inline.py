"""A widget's modules go into one text, or it is said why not."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from copydesk.widgets import module_text, style_text
from copydesk.widgets.inline import CannotInlineError, inline, modules
from tools.outside import find_node

FILES = {
    "kit.js": "export const el = 1;\nexport function t() {\n\treturn el;\n}\n",
    "a/sums.js": 'import { el } from "../kit.js";\nexport const sum = el + 1;\n',
    "a/map.js": (
        'import { el, t } from "../kit.js";\nimport {\n\tsum,\n} from "./sums.js";\n'
        "export const map = [el, t(), sum];\n"
    ),
    "a/a.js": (
        'import { sum } from "./sums.js";\nimport { map } from "./map.js";\n'
        "export const fault = () => null;\nexport default { map, sum };\n"
    ),
}


def one(files: Mapping[str, str], entry: str = "a/a.js") -> str:
    return inline(entry, files.__getitem__)


def faults(changed: Mapping[str, str]) -> list[str]:
    with pytest.raises(CannotInlineError) as caught:
        one({**FILES, **changed})
    assert str(caught.value) == "\n".join(caught.value.faults)
    return list(caught.value.faults)


def test_each_module_stands_once_and_after_what_it_imports() -> None:
    assert list(modules("a/a.js", FILES.__getitem__)) == [
        "kit.js",
        "a/sums.js",
        "a/map.js",
        "a/a.js",
    ]
    text = one(FILES)
    assert text.count("export const el = 1;") == 1
    assert "import" not in text


def test_the_one_text_does_what_the_modules_do(tmp_path: Path) -> None:
    path = tmp_path / "one.mjs"
    path.write_text(one(FILES) + "\nconsole.log(JSON.stringify([map, sum, fault()]));\n", "utf-8")
    done = subprocess.run([find_node(), path], capture_output=True, text=True, check=True)
    assert done.stdout == "[[1,1,2],2,null]\n"


def test_a_name_may_be_handed_on() -> None:
    handed = {**FILES, "a/a.js": 'export { el } from "../kit.js";\n' + FILES["a/a.js"]}
    text = one(handed)
    assert "from" not in text
    assert text.count("export const el") == 1


def test_a_name_in_two_modules_is_refused() -> None:
    for line in ("const sum = 3;", "function sum() {}", "let sum;", "class sum {}"):
        (fault,) = faults({"kit.js": FILES["kit.js"] + line + "\n"})
        assert fault == "a/sums.js: sum stands in kit.js too: rename one of them"
    # Inside a function a name is its own.
    inside = FILES["kit.js"].replace("\treturn", "\tconst sum = 2;\n\treturn")
    assert "const sum = 2" in one({**FILES, "kit.js": inside})


@pytest.mark.parametrize(
    ("module", "line", "what"),
    [
        ("a/map.js", 'import * as all from "./sums.js";', "no import that can be inlined"),
        ("a/map.js", 'import all from "./sums.js";', "no import that can be inlined"),
        ("a/map.js", 'import "./sums.js";', "no import that can be inlined"),
        ("a/map.js", 'import { el } from "https://example.org/x.js";', "no import that can"),
        ("a/map.js", 'export * from "./sums.js";', "no import that can be inlined"),
        ("a/map.js", 'import { sum as more } from "./sums.js";', '"sum as more" is renamed'),
        ("a/map.js", 'import { less } from "./sums.js";', "a/sums.js does not export less"),
        ("a/map.js", "const { x, y } = el;", "takes names apart at the top"),
        ("a/map.js", "export default 1;", "only a/a.js may have a default export"),
        ("a/sums.js", 'import { map } from "./map.js";', "a/sums.js -> a/map.js -> a/sums.js"),
    ],
)
def test_what_cannot_be_inlined_is_named(module: str, line: str, what: str) -> None:
    found = faults({module: f"{line}\n{FILES[module]}"})
    assert any(what in fault and fault.startswith(module.split("/")[0]) for fault in found), found


def test_all_faults_are_told_at_once() -> None:
    bad = "import './x.js';\nconst el = 2;\nconst [a] = [1];\n" + FILES["a/map.js"]
    assert len(faults({"a/map.js": bad})) == 3


@pytest.mark.parametrize("kind", ["figure", "impression", "mark"])
def test_every_widget_of_ours_goes_into_one_text_that_node_can_read(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "widget.mjs"
    path.write_text(module_text(kind) + "\nconsole.log(typeof fault);\n", "utf-8")
    done = subprocess.run([find_node(), path], capture_output=True, text=True, check=True)
    assert done.stdout == "function\n"
    assert "\nimport" not in module_text(kind)
    assert style_text(kind).startswith("/* What all widgets share")
