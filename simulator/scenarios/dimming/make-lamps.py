#!/usr/bin/env python3
"""Makes the invented town of dimming.yaml: lamps.csv, 400 lamps on twenty streets of 20 lamps each, 2 km by 0.6 km.

Python 3 standard library only. The seed is fixed: the same bytes every time, on every machine (see ../district/make-district.py).

    python3 make-lamps.py [OUTPUT_DIRECTORY]
"""

import random
import sys
from pathlib import Path

SEED = 20261115
ORIGIN_LATITUDE = 51.0
ORIGIN_LONGITUDE = 9.0
METRES_PER_DEGREE_OF_LATITUDE = 111_195.0
METRES_PER_DEGREE_OF_LONGITUDE = 69_977.0  # at 51 degrees: times the cosine, 0.62932
STREETS = 20
LAMPS_PER_STREET = 20
STREET_SPACING = 100.0
LAMP_SPACING = 30.0


def lamps(rng):
    yield "id,latitude,longitude,watts,street"
    for street in range(STREETS):
        for lamp in range(LAMPS_PER_STREET):
            # Lamps stand on both sides of the street in turn, and never quite where the plan says.
            east = street * STREET_SPACING + (4.0 if lamp % 2 == 0 else -4.0) - STREET_SPACING * (STREETS - 1) / 2
            north = (lamp - (LAMPS_PER_STREET - 1) / 2) * LAMP_SPACING + (rng.random() - 0.5) * 3.0
            latitude = ORIGIN_LATITUDE + north / METRES_PER_DEGREE_OF_LATITUDE
            longitude = ORIGIN_LONGITUDE + east / METRES_PER_DEGREE_OF_LONGITUDE
            yield f"T-{street * LAMPS_PER_STREET + lamp + 1:03d},{latitude:.6f},{longitude:.6f},28,{street + 1}. Street"


def main():
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    (output / "lamps.csv").write_bytes(("\n".join(lamps(random.Random(SEED))) + "\n").encode("ascii"))


if __name__ == "__main__":
    main()
