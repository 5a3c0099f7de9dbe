"""Writes seatline/_types.py, the TypedDicts of what the functions give, from the schemas under docs/schema.

Run it from the root of the repository after a schema has changed: python3 src/python/make_types.py
"""

import json
import keyword
import pathlib
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "src/python/seatline/_types.py"
NAMES = ["report", "timeline", "admins", "check", "diff", "fit", "preflight", "why", "moves"]
HEAD = '''"""What the functions give, from the schemas under docs/schema. Instants are RFC 3339 text in UTC, seats are integers.

Written by src/python/make_types.py.
"""

from __future__ import annotations

from typing import Any, List, Literal, Optional, TypedDict, Union

'''


class Schema:
    """One schema, whose definitions become types that begin with its name."""

    def __init__(self, name):
        self.schema = json.loads((ROOT / f"docs/schema/{name}.schema.json").read_text(encoding="utf-8"))
        self.prefix = name.capitalize()

    def name(self, definition):
        """The name of a definition: it begins with that of its schema, and no two are alike."""
        rest = definition[len(self.prefix) :]
        alone = definition.startswith(self.prefix) and rest and rest not in self.schema["$defs"]
        return definition if alone else self.prefix + definition

    def type(self, schema):
        """The annotation of a value that holds to this schema."""
        if schema is True or not set(schema) - {"description"}:
            return "Any"
        if "$ref" in schema:
            definition = schema["$ref"].rsplit("/", 1)[1]
            target = self.schema["$defs"][definition]
            # Texts and choices stand where they are used.
            return self.name(definition) if "properties" in target else self.type(target)
        if "const" in schema:
            return f"Literal[{json.dumps(schema['const'])}]"
        if "enum" in schema:
            return optional([f"Literal[{json.dumps(value)}]" if value is not None else "None" for value in schema["enum"]])
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return optional([self.type(each) for each in schema[several]])
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return optional([self.simple(each, schema) for each in types])

    def simple(self, name, schema):
        if name == "array":
            return f"List[{self.type(schema.get('items', True))}]"
        if name == "object":
            return "Any"
        return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}[name]

    def define(self, name, schema):
        """The statement that defines the type of an object."""
        members = {key: (self.type(value), describe(value)) for key, value in schema["properties"].items()}
        text = describe(schema) or "A part of the answer."
        if any(keyword.iskeyword(key) or not key.isidentifier() for key in members):
            lines = [f"# {line}\n" for line in textwrap.wrap(text, 115)]
            lines.append(f'{name} = TypedDict(\n    "{name}",\n    {{\n')
            for key, (kind, told) in members.items():
                lines += [f"        # {line}\n" for line in textwrap.wrap(told, 108)]
                lines.append(f"        {json.dumps(key)}: {json.dumps(kind) if kind != 'Any' else 'Any'},\n")
            return "".join(lines) + "    },\n)\n"
        lines = [f"class {name}(TypedDict):\n", docstring(text)]
        for key, (kind, told) in members.items():
            lines.append(f"    {key}: {kind}\n")
            lines.append(docstring(told) if told else "")
        return "".join(lines)

    def definitions(self):
        for name, schema in self.schema["$defs"].items():
            if "properties" in schema:
                yield self.define(self.name(name), schema)
        yield self.define(self.prefix, self.schema)


def describe(schema):
    """The description, without what is Rust's."""
    text = " ".join(schema.get("description", "").split()) if schema is not True else ""
    return text.replace("\\", "\\\\").replace('"""', "'''")


def docstring(text):
    whole = textwrap.wrap(text, 110)
    if text.endswith('"'):
        whole[-1] += " "
    if len(whole) == 1:
        return f'    """{whole[0]}"""\n'
    return '    """' + "\n    ".join(whole) + '\n    """\n'


def optional(types):
    """The types as one, Literals together and None as Optional."""
    types = [part for each in types for part in ([each[9:-1], "None"] if each.startswith("Optional[") else [each])]
    if types == ["None"]:
        return "None"
    literals = [each[len("Literal[") : -1] for each in types if each.startswith("Literal[")]
    rest = list(dict.fromkeys(each for each in types if each != "None" and not each.startswith("Literal[")))
    if literals:
        rest.append(f"Literal[{', '.join(dict.fromkeys(literals))}]")
    if "Any" in rest:
        return "Any"
    together = rest[0] if len(rest) == 1 else f"Union[{', '.join(rest)}]"
    return f"Optional[{together}]" if "None" in types else together


def main():
    parts = [definition for name in NAMES for definition in Schema(name).definitions()]
    text = HEAD + "\n" + "\n\n".join(parts)
    if "--check" in sys.argv:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET.relative_to(ROOT)} is not what the schemas say: run python3 src/python/make_types.py")
    else:
        TARGET.write_text(text, encoding="utf-8")


main()
