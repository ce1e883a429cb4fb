#!/usr/bin/env python3
"""Writes what Python's jinja2 makes of the test templates of llm-tokenizers.

    python3 dev/chat-template-gold.py

Needs jinja2 3.1. The environment is the one that the transformers library runs chat templates in:
sandboxed and immutable, trim_blocks, lstrip_blocks, loop controls, a generation tag, its own tojson,
raise_exception and strftime_now (at a fixed time). Reads constructs.txt, variables.json,
conversations.json and templates/*.jinja of the test resources, and writes *.gold.json beside them.
"""

import datetime
import json
import pathlib

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox

NOW = datetime.datetime(2026, 3, 5, 14, 7, 9, 42)
HERE = pathlib.Path(__file__).resolve().parent.parent
RESOURCES = HERE / "llm-tokenizers/src/test/resources/io/github/llm4j/tokenizers/template"


class Generation(jinja2.ext.Extension):
    """Notes where generation blocks begin and end in the rendered text."""

    tags = {"generation"}

    def __init__(self, environment):
        super().__init__(environment)
        self.marks = []

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_mark"), [], [], body).set_lineno(line)

    def _mark(self, caller):
        # Characters that no test uses stand for the borders, and are taken out again afterwards.
        return "\ue000" + caller() + "\ue001"


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(
        value,
        ensure_ascii=ensure_ascii,
        indent=indent,
        separators=separators,
        sort_keys=sort_keys,
    )


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def environment():
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = lambda form: NOW.strftime(form)
    return env


def spans(text):
    """The text without marks, and ranges of UTF-16 units that they enclosed."""
    plain, ranges, start, at = [], [], 0, 0
    for c in text:
        if c == "\ue000":
            start = at
        elif c == "\ue001":
            ranges.append([start, at])
        else:
            plain.append(c)
            at += 2 if ord(c) > 0xFFFF else 1
    return "".join(plain), ranges


def render(template, variables):
    try:
        return spans(environment().from_string(template).render(**variables))
    except jinja2.exceptions.TemplateError as e:
        return {"error": str(e), "kind": type(e).__name__}, None
    except Exception as e:  # what Python itself refuses: wrong types, division by zero
        return {"error": str(e), "kind": type(e).__name__}, None


def constructs():
    variables = json.loads((RESOURCES / "variables.json").read_text())
    gold = []
    for line in (RESOURCES / "constructs.txt").read_text().split("\n"):
        if line and not line.startswith("##"):
            template = line.replace("⏎", "\n")
            text, _ = render(template, variables)
            gold.append([template, text])
    write("constructs.gold.json", "[\n" + ",\n".join(dumps(each) for each in gold) + "\n]\n")
    failed = [each for each in gold if isinstance(each[1], dict)]
    print(len(gold), "constructs,", len(failed), "of them refused")
    return failed


def templates():
    conversations = json.loads((RESOURCES / "conversations.json").read_text())
    gold = []
    for path in sorted((RESOURCES / "templates").glob("*.jinja")):
        for name, conversation in conversations.items():
            variables = {
                "bos_token": "<s>",
                "eos_token": "</s>",
                "tools": None,
                "documents": None,
                "add_generation_prompt": False,
                **conversation,
            }
            text, ranges = render(path.read_text(), variables)
            gold.append([path.stem, name, text, ranges])
    write("templates.gold.json", "[\n" + ",\n".join(dumps(each) for each in gold) + "\n]\n")
    failed = [each for each in gold if isinstance(each[2], dict)]
    print(len(gold), "renderings,", len(failed), "of them refused")
    return failed


def dumps(value):
    return json.dumps(value, ensure_ascii=False)


def write(name, text):
    (RESOURCES / name).write_text(text)


if __name__ == "__main__":
    print("jinja2", jinja2.__version__)
    for failure in constructs() + templates():
        print(" ", *(str(each)[:100] for each in failure[:3]))
