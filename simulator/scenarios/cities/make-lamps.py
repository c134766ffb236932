#!/usr/bin/env python3
"""Makes the lamps of the scenarios that are named after cities, and of broken-parts.yaml. The places are invented: nothing here is a map of a city.

Python 3 standard library only, no random numbers: the same bytes every time, on every machine.

    python3 make-lamps.py [OUTPUT_DIRECTORY]
"""

import sys
from pathlib import Path

METRES_PER_DEGREE_OF_LATITUDE = 111_195.0
METRES_PER_DEGREE_OF_LONGITUDE = 69_977.0  # at 51 degrees; a street is some percent longer or shorter elsewhere

# file: (latitude, longitude of the beginning, prefix, [(street, group, watts, lamps, spacing, start east, start north, direction east, direction north)])
PLACES = {
    # Ten kilometres of street with a luminaire every ten metres: ten streets of a hundred each.
    "heidelberg.csv": (49.40, 8.65, "HD", [(f"Street {i + 1}", "street" if i < 7 else "path", 45 if i < 7 else 25, 100, 10.0, 0.0, 90.0 * i, 1.0, 0.0) for i in range(10)]),
    "karlsruhe.csv": (49.01, 8.40, "KA", [
        ("Fan Street", "bins", 56, 12, 25.0, 0.0, 0.0, 1.0, 0.0),
        ("Ring", "bins", 56, 12, 25.0, 0.0, 120.0, 1.0, 0.0),
        ("Palace Park", "park", 25, 6, 40.0, 0.0, 260.0, 1.0, 0.0),
        ("Station Street", "street", 84, 10, 30.0, 0.0, -120.0, 1.0, 0.0),
    ]),
    "aachen.csv": (50.77, 6.09, "AC", [
        ("Radial Road", "counted", 84, 12, 30.0, 0.0, 0.0, 1.0, 0.0),
        ("Spa Street", "counted", 56, 8, 30.0, 0.0, 150.0, 1.0, 0.0),
        ("Side Lane", "lane", 28, 8, 30.0, 0.0, 300.0, 1.0, 0.0),
    ]),
    "luebeck.csv": (53.87, 10.68, "HL", [
        ("Quay", "quay", 45, 10, 30.0, 0.0, 0.0, 1.0, 0.0),
        ("Bridge", "bridge", 45, 2, 40.0, 330.0, 0.0, 1.0, 0.0),
        ("Mill Dike", "dike", 28, 8, 30.0, 0.0, -150.0, 1.0, 0.0),
    ]),
    # 62 measuring points, each a pole, by the use that they serve.
    "braunschweig.csv": (52.26, 10.52, "BS", [
        ("Cycle Path", "bicycles", 28, 6, 60.0, 0.0, 0.0, 1.0, 0.0),
        ("Ring Road", "traffic", 84, 8, 40.0, 0.0, 150.0, 1.0, 0.0),
        ("Market", "bins", 56, 14, 25.0, 0.0, 300.0, 1.0, 0.0),
        ("Oker Bank", "water", 28, 4, 50.0, 0.0, -150.0, 1.0, 0.0),
        ("Town Wall", "particulates", 45, 8, 50.0, 0.0, 450.0, 1.0, 0.0),
        ("School Street", "carbonDioxide", 45, 6, 50.0, 0.0, 600.0, 1.0, 0.0),
        ("Allotments", "climate", 28, 8, 50.0, 0.0, 750.0, 1.0, 0.0),
        ("Viaduct", "structure", 45, 8, 50.0, 0.0, -300.0, 1.0, 0.0),
    ]),
    "broken-parts.csv": (51.0, 9.0, "B", [
        ("Test Street", "fitted", 45, 12, 30.0, 0.0, 0.0, 1.0, 0.0),
        ("Quiet Street", "plain", 45, 4, 30.0, 0.0, 120.0, 1.0, 0.0),
        ("Bus Street", "dali", 45, 4, 30.0, 0.0, -120.0, 1.0, 0.0),
        ("Wire Street", "analog", 45, 3, 30.0, 0.0, -240.0, 1.0, 0.0),
    ]),
}


def lamps(latitude, longitude, prefix, streets):
    yield "id,latitude,longitude,watts,street,group"
    number = 0
    for street, group, watts, count, spacing, east, north, direction_east, direction_north in streets:
        for i in range(count):
            number += 1
            at_latitude = latitude + (north + i * spacing * direction_north) / METRES_PER_DEGREE_OF_LATITUDE
            at_longitude = longitude + (east + i * spacing * direction_east) / METRES_PER_DEGREE_OF_LONGITUDE
            yield f"{prefix}-{number:03d},{at_latitude:.6f},{at_longitude:.6f},{watts},{street},{group}"


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, (latitude, longitude, prefix, streets) in PLACES.items():
        (folder / name).write_bytes(("\n".join(lamps(latitude, longitude, prefix, streets)) + "\n").encode("ascii"))


main()
