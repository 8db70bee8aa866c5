"""Two editions of Kundeserviceprisen as rows of the import spreadsheets, made from a seed.

Stated by the sources, and returned by the engine from these rows:

- 2021: 156 participants in 20 classes, 25 enquiries to each on at most three channels, 3,900 in all; the
  means over all participants of the four areas, of Interesse and Kompetanse (the strongest theme) and of
  three questions; Sognenett's total and agent area, its first place and its flawless enquiries; NAV's agent
  area and sixth place there; the twenty half-way leaders and the comment «Her vil jeg bli kunde!».
- 2020: 181 participants in 23 classes, over 95 per cent of the enquiries made by 10 March, waiting times
  that jump at some participants and scenarios that stop making sense at others from 12 March, then the
  pause.

Everything else is illustrative: which class a participant is in, all names but the half-way leaders and NAV,
contact details, channels, days, shoppers, who overtakes whom after half-way, every single answer, wait and
comment, and all scores not named above.

The method: ``roster`` and ``schedule`` fix who is contacted when and on which channel. ``experience`` draws
latent impressions (participant, dialogue, chance) and cuts them into answers whose question means are
typical (``profile``). Then single answers are moved, the ones nearest to a cut first: ``contest`` brings
participants into the published order and to the published scores, ``steering`` brings the means over all
participants to theirs. Sums are whole numbers in fixed point, nothing depends on hash order, and the only
randomness is one PCG64 stream per edition, so a seed always gives the same rows. ``rows`` and ``comments``
put them into words that fit the answers.
"""

import numpy as np

from kaaring.jobs.demo import roster, season_2020, season_2021
from kaaring.jobs.demo.comments.overall import BECOME_A_CUSTOMER
from kaaring.jobs.demo.dice import Dice
from kaaring.jobs.demo.edition import GeneratedEdition
from kaaring.jobs.demo.ground import ground_of
from kaaring.jobs.demo.rows import enquiry_rows, evaluation_rows
from kaaring.programmes.definition.schema import Definition

__all__ = ["GeneratedEdition", "edition_2020", "edition_2021"]


def edition_2021(definition: Definition, *, seed: int) -> GeneratedEdition:
    """Return the 2021 edition. Raises ValueError for a seed whose answers do not come out as published."""
    ground = ground_of(definition)
    rng = np.random.Generator(np.random.PCG64([2021, seed]))
    cast, contacts, contest = season_2021.play(ground, rng)
    enquiries = enquiry_rows(2021, season_2021.FIRST_DAY, cast.centres, contacts)
    remarks = {season_2021.a_flawless_enquiry(cast, contest): BECOME_A_CUSTOMER}
    return GeneratedEdition(
        participants=[centre.row() for centre in cast.centres],
        shoppers=roster.shoppers(season_2021.SHOPPERS),
        enquiries=enquiries,
        evaluations=evaluation_rows(
            ground, enquiries, contacts, contest.sheet, remarks=remarks, pick=Dice(rng)
        ),
    )


def edition_2020(definition: Definition, *, seed: int) -> GeneratedEdition:
    """Return the 2020 edition up to the pause; enquiries planned after it have no evaluation."""
    ground = ground_of(definition)
    rng = np.random.Generator(np.random.PCG64([2020, seed]))
    plan, contest = season_2020.play(ground, rng)
    enquiries = enquiry_rows(2020, season_2020.FIRST_DAY, plan.centres, plan.contacts)
    dice = Dice(rng)
    remarks = season_2020.shock_remarks(plan, contest.sheet, dice)
    made = plan.made
    return GeneratedEdition(
        participants=[centre.row() for centre in plan.centres],
        shoppers=roster.shoppers(season_2020.SHOPPERS),
        enquiries=enquiries,
        evaluations=evaluation_rows(
            ground, enquiries[: len(made)], made, contest.sheet, remarks=remarks, pick=dice
        ),
    )
