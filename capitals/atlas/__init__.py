"""The maps: where cities stand, which of them carry a label there, and where the label stands.

Everything is in map units: the map is `WINDOW.width` units wide, whatever its size on a
screen, and `y` grows downwards. No border is drawn anywhere; land, lakes and rivers are
`components/land.html`, made once by `.assets/land.py` with the projection of this room.
"""
