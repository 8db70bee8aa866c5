"""A small measured edition, made of everything a definition can hold, and rows for its spreadsheets.

On the phone an enquiry can give 13 points (W1 4, H1 1, S1 5, M1 3), by e-mail 10 (M1 is not asked).
"""

SMALL_DEFINITION = """
kaaring: 1
programme: {slug: quality-prize, name: {en: Quality Prize, nb: Kvalitetsprisen}}
edition: {slug: "2030", timezone: Europe/Oslo, languages: [en, nb]}
timeline: {fieldwork: [2030-01-07, 2030-03-29], announcement: 2030-04-25T12:00}
survey:
  channels:
    phone: {attempts: 2, max_wait: 5 minutes}
    email: {attempts: 1, max_wait: 3 working days}
  areas:
    - {code: wait, name: {en: Waiting, nb: Ventetid}}
    - {code: talk, name: {en: Conversation, nb: Samtale}}
  themes: [{code: warmth, name: {en: Warmth, nb: Varme}}]
  questions:
    - code: G1
      area: wait
      text: {en: Did somebody answer?, nb: Svarte noen?}
      gate: unanswered
      options:
        - {code: first, text: First try}
        - {code: second, text: Second try}
        - {code: "no", text: "No", stops: true}
    - code: W1
      area: wait
      text: {en: How long did it take?, nb: Hvor lang tid tok det?}
      measured: seconds
      unit: {email: working_minutes}
      bands: {phone: [[60, 4], [180, 2]], email: [[240, 4], [480, 1]]}
    - code: H1
      area: talk
      themes: [warmth]
      text: {en: Were you greeted?, nb: Ble du hilst på?}
      options: [{code: "yes", text: "Yes", points: 1}, {code: "no", text: "No", points: 0}]
    - code: S1
      area: talk
      themes: [warmth]
      text: {en: How interested was the agent?, nb: Hvor interessert var kundebehandleren?}
      scale: [1, 6]
      points: 5
      not_applicable: {en: There was nothing to ask, nb: Det var ingenting å spørre om}
    - code: M1
      area: talk
      channels: [phone]
      text: {en: What did the agent do?, nb: Hva gjorde kundebehandleren?}
      multiple: 2
      points: 3
      options: [{code: listened, text: Listened, points: 1}, {code: solved, text: Solved it, points: 2},
                {code: thanked, text: Said thanks, points: 1}]
    - code: N1
      text: {en: Would you recommend it?, nb: Ville du anbefalt det?}
      scale: [0, 10]
      scored: false
      metric: nps
  comments: [talk]
  scoring: {participant: mean_of_enquiries, unanswered: zero, least_observed: 60%, minimum_enquiries: 1}
  results: [total, answered, "area:talk"]
  classes:
    - {code: banks, name: {en: Banks, nb: Banker}, minimum_participants: 1}
    - {code: shops, name: {en: Shops, nb: Butikker}, minimum_participants: 1}
awards:
  - {code: best, name: {en: The best, nb: Den beste}, by: measure, measure: total, among: all}
  - code: best-in-class
    name: {en: Best in class, nb: Best i klassen}
    by: measure
    measure: total
    among: each_class
"""

BY_PHONE = {"G1": "first", "W1": "45", "H1": "yes", "S1": "6", "M1": "listened solved", "N1": "9"}
"""13 of 13 points: 4 + 1 + 5 + 3."""

BY_EMAIL = {"G1": "first", "W1": "300", "H1": "no", "S1": "3", "N1": "4"}
"""3 of 10 points: 1 + 0 + 5 · (3 - 1) / (6 - 1) = 2."""

UNANSWERED = {"G1": "no"}
"""0 of 13 points on the phone: 0 of 4 in waiting, nothing observed in conversation."""

THIN_BY_EMAIL = {"G1": "first", "W1": "300", "H1": "yes", "S1": "na"}
"""2 of 5 points, half of what e-mail can give, where 60 per cent must be observed."""
