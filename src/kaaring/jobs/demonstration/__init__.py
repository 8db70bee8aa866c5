"""The demonstration: organisers, people in every role, and editions made through the ordinary doors."""

from kaaring.jobs.demonstration.accounts import ADDRESS as ADDRESS
from kaaring.jobs.demonstration.definitions import shipped as shipped
from kaaring.jobs.demonstration.everything import keep_going as keep_going
from kaaring.jobs.demonstration.everything import make as make
