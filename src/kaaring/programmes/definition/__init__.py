"""The rules of an edition as one file: its shape, reading and checking it, comparing and writing it."""

from kaaring.programmes.definition.comparing import Change as Change
from kaaring.programmes.definition.comparing import changes as changes
from kaaring.programmes.definition.faults import Fault as Fault
from kaaring.programmes.definition.questionnaire import questionnaire as questionnaire
from kaaring.programmes.definition.reading import Reading as Reading
from kaaring.programmes.definition.reading import read as read
from kaaring.programmes.definition.reading import restored as restored
from kaaring.programmes.definition.schema import Definition as Definition
from kaaring.programmes.definition.writing import document as document
from kaaring.programmes.definition.writing import dump as dump
from kaaring.programmes.definition.writing import json_schema as json_schema
