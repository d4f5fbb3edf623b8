"""What the posture explorer and the rating trainer share: one drawing of a person, and what a posture scores.

`head.js`, `head.css` and `head.html` are a part and no widget: a front end asks for them (see `widgets.base.front_end`).
"""
