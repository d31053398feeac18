"""Maps to be read from the back of a room: numbers in place of many marks, and the key in a corner of the map."""

import pandas as pd
import shapely

from cluster_data.document import Map
from cluster_data.drawing.ground import Ground
from cluster_data.drawing.pictures import signs
from cluster_data.drawing.pictures.canvas import Bounds, Canvas, box_around, touch
from cluster_data.drawing.pictures.extent import Drawing
from cluster_data.drawing.pictures.key import Entry, KeyBlock
from cluster_data.model.projection import east_north

MANY = 30  # marks: more of them are told by numbers alone
SHARES = 0.5, 0.4, 0.32, 0.26  # of the width of a map, that a key upon it may take
ASIDE = 0.65  # of what a map spares of its sheet: the share at the left, where its key stands
PANEL, INSET = 1.9, 6  # the ground of a key: its level, above borders and below marks, and points around the words
LEAST_LAND = 0.02  # of a key's room: less land than this it may hide


def numbered(ground: Ground, shown: Map, points: pd.DataFrame, bubbles: pd.DataFrame) -> pd.DataFrame:
    """What stands on a map, all of it as numbers: east, north, records; of all areas also name, the area's.

    On a map of all areas those of an area are one in their middle, and what has several sites in it counts once.
    """
    rows = pd.concat([bubbles.assign(id=bubbles.index), points.assign(records=1)])
    rows = rows[["id", "east", "north", "records"]].astype({"records": int})
    if shown.circle or shown.seen:
        return rows
    at = shapely.STRtree(ground.areas).nearest(shapely.points(rows["east"], rows["north"]))
    rows = rows.assign(area=ground.names[at]).drop_duplicates(["area", "id"])
    weighed = rows[["east", "north"]].mul(rows["records"], axis=0).assign(area=rows["area"], records=rows["records"])
    by_area = weighed.groupby("area").sum().sort_values("records", ascending=False, kind="stable")
    middles = {axis: by_area[axis] / by_area["records"] for axis in ("east", "north")}
    return by_area.assign(**middles).rename_axis("name").reset_index()


def aside(canvas: Canvas, extent: Bounds) -> Bounds:
    """The box that a map of such an extent fills on a sheet, a little out of the middle."""
    scale = min(canvas.wide / extent[2], canvas.high / extent[3])
    right, down = ASIDE * (canvas.wide - extent[2] * scale), ASIDE * (canvas.high - extent[3] * scale)
    return right, down, right + extent[2] * scale, down + extent[3] * scale


def key_upon(drawing: Drawing, ground: Ground, shown: Map, entries: list[Entry], *rows: pd.DataFrame) -> bool:
    """Writes the key at the left of the map where it hides no mark and no area shown; tells whether there is room."""
    canvas, size = drawing.canvas, drawing.size
    own = ground.own(shown.seen)
    land = ground.areas[own] if own.any() else ground.areas
    if shown.circle:
        middle = shapely.points(east_north(shown.circle.lat, shown.circle.lon))
        land = shapely.buffer(middle, 1000 * shown.circle.km)
    places = pd.concat([each[["east", "north"]] for each in rows])
    marks = [box_around(*at, 1.5 * size) for at in zip(*drawing.place(places["east"], places["north"]), strict=True)]
    for share in SHARES:
        key = KeyBlock(canvas, signs.NUMBERS * size, True, entries, share)
        for top in (INSET, canvas.high - key.high - INSET):
            box = (0.0, top - INSET, key.wide + INSET, top + key.high + INSET)
            west, south, east, north = drawing.ground_of(box)
            hidden = shapely.area(shapely.clip_by_rect(land, west, south, east, north)).sum()
            if any(touch(box, mark) for mark in marks) or hidden > LEAST_LAND * (east - west) * (north - south):
                continue
            canvas.rectangle(box, PANEL, fill=drawing.palette.ground)
            key.write(INSET, top)
            canvas.taken.append(box)
            return True
    return False
