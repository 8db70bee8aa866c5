"""What is measured and who: questionnaire, classes, participants and their contacts."""
