"""Who may enter what: facts about a case, what the rules of an edition say of them, and why.

Pure logic over a definition: no database, no clock. What is unknown stays unknown, so a rule can be met, not
met, or not to be told yet, and it then says which answer is missing.
"""

from kaaring.programmes.eligibility.facts import COUNTRIES_OF as COUNTRIES_OF
from kaaring.programmes.eligibility.facts import NONE as NONE
from kaaring.programmes.eligibility.facts import PARTIES as PARTIES
from kaaring.programmes.eligibility.facts import SUBJECT as SUBJECT
from kaaring.programmes.eligibility.facts import Declaration as Declaration
from kaaring.programmes.eligibility.facts import Facts as Facts
from kaaring.programmes.eligibility.facts import Fault as Fault
from kaaring.programmes.eligibility.facts import Party as Party
from kaaring.programmes.eligibility.facts import Reading as Reading
from kaaring.programmes.eligibility.facts import as_json as as_json
from kaaring.programmes.eligibility.facts import read as read
from kaaring.programmes.eligibility.facts import restored as restored
from kaaring.programmes.eligibility.findings import Finding as Finding
from kaaring.programmes.eligibility.findings import as_record as as_record
from kaaring.programmes.eligibility.fitting import Fits as Fits
from kaaring.programmes.eligibility.fitting import fits as fits
from kaaring.programmes.eligibility.judging import judged as judged
from kaaring.programmes.eligibility.lengths import reference_year as reference_year
from kaaring.programmes.eligibility.outcomes import Outcome as Outcome
from kaaring.programmes.eligibility.questions import Question as Question
from kaaring.programmes.eligibility.questions import codes_asked as codes_asked
from kaaring.programmes.eligibility.questions import option_in_words as option_in_words
from kaaring.programmes.eligibility.questions import question_in_words as question_in_words
from kaaring.programmes.eligibility.questions import questions as questions
from kaaring.programmes.eligibility.rulebook import Line as Line
from kaaring.programmes.eligibility.rulebook import rule_in_words as rule_in_words
from kaaring.programmes.eligibility.rulebook import rulebook as rulebook
from kaaring.programmes.eligibility.telling import answer_in_words as answer_in_words
from kaaring.programmes.eligibility.verdicts import DivisionsFound as DivisionsFound
from kaaring.programmes.eligibility.verdicts import Verdict as Verdict
from kaaring.programmes.eligibility.verdicts import category_verdict as category_verdict
