"""The catalogue is read once, and again when a file holds something else."""

from pathlib import Path

from mealmag.catalogue.locate import data_file
from mealmag.services.catalogue import Sources, load_catalogue


def test_a_file_is_read_again_only_when_it_holds_something_else(tmp_path: Path) -> None:
    dishes = tmp_path / "dishes.toml"
    text = data_file("dishes.toml").read_text("utf-8")
    dishes.write_text(text, "utf-8")
    sources = Sources(dishes=dishes)
    first = load_catalogue(sources)
    key, dish = next(iter(first.dishes.items()))
    again = load_catalogue(Sources(dishes=dishes))
    assert again.dishes[key] is dish
    again.dishes.clear()
    assert load_catalogue(sources).dishes == first.dishes, "each caller has its own"
    old = dish.name_en
    dishes.write_text(text.replace(old, old.upper(), 1), "utf-8")
    second = load_catalogue(sources)
    assert second.dishes_sha256 != first.dishes_sha256
    assert any(dish.name_en == old.upper() for dish in second.dishes.values())
