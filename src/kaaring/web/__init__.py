"""Pages, one folder per audience: public, participant, organiser, account."""
