#!/usr/bin/env python3
"""Makes the invented district of district.yaml: lamps.csv (120 lamps on ten streets), counts.csv (travellers every 15 minutes of one day), and examples of
weather.csv, bins.csv and water.csv.

Python 3 standard library only. The seed is fixed: the same bytes every time, on every machine. Only +, -, * and / are computed on
floating-point numbers that reach the files (besides random.random(), which Python promises to keep), and all are rounded.

    python3 make-district.py [OUTPUT_DIRECTORY]
"""

import random
import sys
from pathlib import Path

SEED = 20260620
ORIGIN_LATITUDE = 51.0
ORIGIN_LONGITUDE = 9.0
METRES_PER_DEGREE_OF_LATITUDE = 111_195.0
METRES_PER_DEGREE_OF_LONGITUDE = 69_977.0  # at 51 degrees: times the cosine, 0.62932

# name, group, watts, lamps, spacing in metres, start (east, north) in metres, direction (east, north) of unit length
STREETS = [
    ("Station Road", "arterial", 84, 22, 30.0, (-330.0, 0.0), (1.0, 0.0)),
    ("Mill Lane", "residential", 28, 12, 26.0, (-240.0, 30.0), (0.0, 1.0)),
    ("Orchard Street", "residential", 28, 12, 26.0, (-120.0, 30.0), (0.0, 1.0)),
    ("Church Street", "residential", 36, 12, 26.0, (0.0, 30.0), (0.0, 1.0)),
    ("Weaver Street", "residential", 28, 12, 26.0, (120.0, 30.0), (0.0, 1.0)),
    ("Tanner Row", "residential", 28, 10, 26.0, (240.0, 30.0), (0.0, 1.0)),
    ("Long Acre", "residential", 28, 12, 27.0, (-300.0, 350.0), (0.96, 0.28)),
    ("Quarry Hill", "residential", 36, 10, 27.0, (-280.0, -40.0), (0.6, -0.8)),
    ("Market Square", "square", 56, 6, 18.0, (20.0, -30.0), (0.8, -0.6)),
    ("River Path", "park", 18, 12, 32.0, (-60.0, -190.0), (0.96, -0.28)),
]

# Travellers expected in each hour of a summer Saturday on a street of the town; made up.
HOURS = [34, 22, 14, 9, 7, 8, 14, 28, 46, 70, 92, 104, 108, 102, 98, 96, 98, 104, 106, 98, 88, 80, 66, 48]


def write(path, lines):
    path.write_bytes(("\n".join(lines) + "\n").encode("ascii"))


def lamps(rng):
    yield "id,latitude,longitude,watts,street,group"
    number = 0
    for street, group, watts, count, spacing, start, direction in STREETS:
        for i in range(count):
            number += 1
            # Lamps stand on both sides of the street in turn, and never quite where the plan says.
            side = 4.0 if i % 2 == 0 else -4.0
            along = i * spacing + (rng.random() - 0.5) * 3.0
            east = start[0] + along * direction[0] - side * direction[1]
            north = start[1] + along * direction[1] + side * direction[0]
            latitude = ORIGIN_LATITUDE + north / METRES_PER_DEGREE_OF_LATITUDE
            longitude = ORIGIN_LONGITUDE + east / METRES_PER_DEGREE_OF_LONGITUDE
            yield f"D-{number:03d},{latitude:.6f},{longitude:.6f},{watts},{street},{group}"


def binomial(rng, tries, numerator, denominator):
    return sum(1 for _ in range(tries) if rng.random() * denominator < numerator)


def counts(rng):
    yield "Time,Total,Eastbound,Westbound"
    for quarter in range(96):
        expected = HOURS[quarter // 4] / 4.0
        # A sum of many unlikely events is Poisson-distributed for every practical purpose, and needs no logarithm.
        eastbound = binomial(rng, 400, expected * 0.5, 400.0)
        westbound = binomial(rng, 400, expected * 0.5, 400.0)
        yield f"2026-06-20 {quarter // 4:02d}:{quarter % 4 * 15:02d},{eastbound + westbound},{eastbound},{westbound}"


def weather():
    """A measured day as a weather service would give it, made up: warm and dry in the afternoon, dew in the morning."""
    yield "time,degrees,humidity,pressure,rain,pm25,pm10,co2"
    degrees = [14, 13, 12, 12, 11, 12, 13, 15, 17, 19, 21, 22, 23, 24, 24, 24, 23, 22, 21, 19, 18, 16, 15, 14]
    for hour, degree in enumerate(degrees):
        humidity = 96 - 5 * (degree - 11)
        rain = 1.2 if hour in (18, 19) else 0.0
        fine = 9 + (4 if hour in (7, 8, 17, 18) else 0) - (3 if hour in (19, 20) else 0)
        yield f"2026-06-20 {hour:02d}:00,{degree},{max(humidity, 32)},{1001 + hour % 12 // 4},{rain},{fine},{fine + 8},{430 + (25 if hour < 7 else 5)}"


def bins():
    """Emptyings of two containers as a disposal firm would record them, made up."""
    yield "site,emptied,before"
    for day in range(1, 15):
        yield f"north,2024-06-{day:02d} 06:{10 + day:02d},{40 + day * 7 % 55}"
        if day % 2 == 0:
            yield f"south,2024-06-{day:02d} 06:{30 + day:02d},{55 + day * 11 % 45}"


def water():
    """A gauge's day, made up: a small rise in the afternoon."""
    yield "time,level"
    for hour in range(25):
        rise = 22 - (hour - 17) * (hour - 17) if 13 <= hour <= 21 else 0
        yield f"2026-06-{20 + hour // 24} {hour % 24:02d}:00,{84 + max(rise, 0)}"


def main():
    output = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    write(output / "lamps.csv", list(lamps(random.Random(SEED))))
    write(output / "counts.csv", list(counts(random.Random(SEED + 1))))
    write(output / "weather.csv", list(weather()))
    write(output / "bins.csv", list(bins()))
    write(output / "water.csv", list(water()))


if __name__ == "__main__":
    main()
