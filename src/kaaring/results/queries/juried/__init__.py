"""Reads of a jury's results: who competes, how entries stand, how sure that is."""

from kaaring.results.queries.juried.closeness import CloseCall as CloseCall
from kaaring.results.queries.juried.closeness import close_calls as close_calls
from kaaring.results.queries.juried.contests import EntryContest as EntryContest
from kaaring.results.queries.juried.contests import contests_in as contests_in
from kaaring.results.queries.juried.contests import juried as juried
from kaaring.results.queries.juried.contests import recipe_of as recipe_of
from kaaring.results.queries.juried.contests import stage_called as stage_called
from kaaring.results.queries.juried.decisions import EntryProposal as EntryProposal
from kaaring.results.queries.juried.decisions import entry_decisions_in_force as entry_decisions_in_force
from kaaring.results.queries.juried.decisions import entry_decisions_made as entry_decisions_made
from kaaring.results.queries.juried.decisions import entry_proposal_for as entry_proposal_for
from kaaring.results.queries.juried.decisions import entry_proposals as entry_proposals
from kaaring.results.queries.juried.decisions import levels_of as levels_of
from kaaring.results.queries.juried.decisions import tables_now as tables_now
from kaaring.results.queries.juried.inputs import EntryName as EntryName
from kaaring.results.queries.juried.inputs import cards_of as cards_of
from kaaring.results.queries.juried.rows import EntryRow as EntryRow
from kaaring.results.queries.juried.shortlists import Candidate as Candidate
from kaaring.results.queries.juried.shortlists import Drawn as Drawn
from kaaring.results.queries.juried.shortlists import shortlists_in as shortlists_in
from kaaring.results.queries.juried.standings import EntryStandings as EntryStandings
from kaaring.results.queries.juried.standings import entry_standings as entry_standings
from kaaring.results.queries.juried.standings import standings_of_category as standings_of_category
from kaaring.results.queries.juried.state import JuriedState as JuriedState
from kaaring.results.queries.juried.state import juried_state_of as juried_state_of
from kaaring.results.queries.juried.steadiness import steadiness_of as steadiness_of
