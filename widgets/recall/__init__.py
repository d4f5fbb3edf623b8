"""What is remembered and when it is asked again: the algorithm, the schedule, and a session's choice of questions."""
