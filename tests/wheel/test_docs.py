"""Runs the examples of docs/python.md."""

import doctest
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_the_examples_of_the_documentation(monkeypatch):
    monkeypatch.chdir(ROOT)
    tried = doctest.testfile(str(ROOT / "docs/python.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried.attempted > 15 and tried.failed == 0
