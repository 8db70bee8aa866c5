"""Cases and entries: who enters what, in which categories, with which proof, and what it costs."""
