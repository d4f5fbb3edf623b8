"""The words for a mistake in a content file: what is wrong; what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from pydantic_core import ErrorDetails

#: Where a value stands in a document: names of fields and places in lists.
Location = tuple[str | int, ...]


def follows_from_others(details: ErrorDetails) -> bool:
    """Whether a list counts as too short only because entries were refused, which is said of each of them."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def place_in(raw: Any, location: Location) -> Location:
    """A model's location without what the document lacks: the name of the question type, a missing field."""
    place: list[str | int] = []
    value = raw
    # Pydantic puts an unknown question type at the question itself.
    for part in location or ("type",):
        within = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        if part in within:
            value = value[part]
            place.append(part)
    return tuple(place)


def explain(
    details: ErrorDetails, known: Mapping[str, Any], whole: str = "the file", types: Collection[str] = ()
) -> str:
    """A pydantic error in an author's words.

    Args:
        details: The error.
        known: The fields that could stand where an unknown one was found.
        whole: What is read, for an error that belongs to no field of it.
        types: Where a field `type` says which model is meant: its values.
    """
    field = _field(details["loc"], whole, types)
    given = details["input"]
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return f"{field} is missing; add it"
        case "extra_forbidden":
            return unknown_field(str(details["loc"][-1]), known)
        case "value_error":
            return f"{field}: {context['error']}" if details["loc"][1:] else str(context["error"])
        case "union_tag_not_found":
            return f"'type' is missing; use one of {', '.join(types)}"
        case "union_tag_invalid":
            return f"the type {shown(given['type'])} is unknown; use one of {', '.join(types)}"
        case "literal_error":
            return f"{field} is {shown(given)}; use {context['expected']}"
        case "too_short":
            return f"{field} has {context['actual_length']} entries; write at least {context['min_length']}"
        case "too_long":
            return f"{field} has {context['actual_length']} entries; write at most {context['max_length']}"
        case "string_type":
            return f"{field} is {kind_of(given)}; write text (a number or date as text needs quotes)"
        case "string_unicode":
            return f"{field} holds half a character; write it out or take it out"
        case "string_pattern_mismatch":
            return f"{field} is {shown(given)}; {_pattern_advice(str(context['pattern']))}"
        case "model_type" | "model_attributes_type" | "dict_type" | "dict_attributes_type":
            return f"{field} is {kind_of(given)}; write its fields, one a line"
        case "tuple_type" | "list_type":
            return f"{field} is {kind_of(given)}; write a list"
        case "bool_type" | "bool_parsing":
            return f"{field} is {shown(given)}; write true or false"
        case "float_type" | "finite_number":
            return f"{field} is {shown(given)}; write a number"
        case _:
            return f"{field} is {shown(given)}; {details['msg'][:1].lower()}{details['msg'][1:]}"


def _field(location: Location, whole: str, types: Collection[str]) -> str:
    """The field's name, with its place in a list: 'reason' of options 3 (people count from one)."""
    parts = [part for part in location if part not in types and part != "[key]"]
    match parts:
        case []:
            return whole
        case [*_, str(owner), int(index), str(name)]:
            return f"'{name}' of {owner} {index + 1}"
        case [*_, str(owner), int(index)]:
            return f"entry {index + 1} of '{owner}'"
        case [*_, str(owner), int(outer), int(index)]:
            return f"entry {index + 1} of {owner} {outer + 1}"
        case _:
            return f"'{parts[-1]}'"


def known_fields(model: Any, place: Location) -> Mapping[str, Any]:
    """The fields of the model at a place within `model`; none where that cannot be told."""
    if model is None:
        return {}
    for part in place:
        if isinstance(part, str) and part in model.model_fields:
            inner = model.model_fields[part].annotation
            model = next(
                (argument for argument in getattr(inner, "__args__", ()) if argument is not ...), None
            )
            if not hasattr(model, "model_fields"):
                return {}
    return dict(model.model_fields)


def unknown_field(name: str, known: Mapping[str, Any]) -> str:
    """Says that a field is unknown, and which known one is nearest."""
    return f"the field {shown(name)} is unknown; {nearest(name, known)}"


def nearest(name: str, known: Mapping[str, Any]) -> str:
    """Advice towards the known name that looks most like `name`."""
    close = difflib.get_close_matches(name, list(known), n=1)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"use one of {', '.join(known)}" if 0 < len(known) <= 20 else "use a known name"


def _pattern_advice(pattern: str) -> str:
    if pattern.startswith("^Q"):
        return "name a rule, such as Q08"
    if "A-Z" in pattern:
        return "write a key of the bibliography, such as bertrand1993"
    return "use small letters, digits and single hyphens, such as c2-numbness"


def kind_of(value: Any) -> str:
    """What a value is, in an author's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case []:
            return "an empty list"
        case list():
            return "a list"
        case dict():
            return "a set of fields"
        case _:
            return "a date"


def shown(value: Any) -> str:
    """The offending value, short enough for a line."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**20:
        return "a very long number"
    text = "".join(character if character.isprintable() else " " for character in str(value))
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"


def one_line(message: str) -> str:
    """The message without line breaks and characters that cannot be shown."""
    return " ".join("".join(character if character.isprintable() else " " for character in message).split())
