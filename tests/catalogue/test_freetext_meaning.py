"""What people write means one food and its grams, over the shipped catalogue; else it is asked about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mealmag.catalogue.freetext.items import Item
from mealmag.catalogue.freetext.line import read_line
from mealmag.catalogue.freetext.meaning import Meaning, Sure, Unsure, Vocabulary
from mealmag.catalogue.freetext.names import keys, stem
from mealmag.catalogue.freetext.weighing import MOST_GRAMS
from mealmag.errors import InputError
from mealmag.nutrition.food import Measure
from mealmag.services.catalogue import everyday_words, load_food_table

TODAY = date(2026, 11, 29)
FOODS = load_food_table()
WORDS = Vocabulary(FOODS, {}, everyday_words())


def items(text: str, vocabulary: Vocabulary = WORDS) -> tuple[Item, ...]:
    return read_line(text, today=TODAY, is_name=vocabulary.is_name).items


def meanings(text: str, vocabulary: Vocabulary = WORDS) -> list[Meaning]:
    return [vocabulary.understand(item) for item in items(text, vocabulary)]


def meaning(text: str, vocabulary: Vocabulary = WORDS) -> Meaning:
    (only,) = meanings(text, vocabulary)
    return only


@pytest.mark.parametrize(
    ("text", "food", "grams", "measure"),
    [
        # slices, in all spellings of one bread
        ("2 slices whole-wheat bread", "bread-whole-wheat", "64", "2 slices"),
        ("2 slices of wholewheat bread", "bread-whole-wheat", "64", "2 slices"),
        ("2 slices whole wheat bread", "bread-whole-wheat", "64", "2 slices"),
        ("2 sneetjes volkoren brood", "bread-whole-wheat", "64", "2 slices"),
        ("2 sneetjes volkorenbrood", "bread-whole-wheat", "64", "2 slices"),
        ("wholemeal bread: 60 g", "bread-whole-wheat", "60", "60 g"),
        ("2 volkoren boterhammen", "bread-whole-wheat", "64", "2 slices"),
        ("anderhalve snee witbrood", "bread-white", "43.5", "1½ slices"),
        ("1 small slice Italian white bread", "bread-italian", "20", "1 small slice"),
        ("a large slice of raisin bread", "bread-raisin", "32", "1 large slice"),
        ("3 slices of gouda", "gouda", "84", "3 slices"),
        ("2 plakjes 30+ kaas", "cheese-reduced-fat", "56", "2 slices"),
        ("3 plakjes kipfilet", "chicken-sliced", "36", "3 slices"),
        ("1 punt appeltaart", "apple-pie", "117", "1 slice"),
        ("2 slices of cheese pizza", "pizza-margherita", "138", "2 slices"),
        ("een kopje espresso", "espresso", "29.6", "1 shot"),
        ("175 ml red wine", "wine-red", "173.97", "175 ml"),
        ("8 fl oz orange juice", "orange-juice", "248", "8 fl oz"),
        # counted things
        ("2 eggs", "egg-raw", "100", "2 eggs"),
        ("an egg", "egg-raw", "50", "1 egg"),
        ("twee eieren", "egg-raw", "100", "2 eggs"),
        ("2 gekookte eieren", "egg-boiled", "100", "2 eggs"),
        ("half a dozen eggs", "egg-raw", "300", "6 eggs"),
        ("2 egg whites", "egg-white", "66", "2 whites"),
        ("an apple", "apple", "182", "1 piece"),
        ("2 bananas", "banana", "236", "2 pieces"),
        ("anderhalve banaan", "banana", "177", "1½ pieces"),
        ("half an avocado", "avocado", "100.5", "½ piece"),
        ("1/2 avocado", "avocado", "100.5", "½ piece"),
        ("2 and 1/2 avocados", "avocado", "502.5", "2½ pieces"),
        ("een derde komkommer", "cucumber", "100.33", "⅓ piece"),
        ("10 almonds", "almonds", "12", "10 pieces"),
        ("3 dadels", "dates", "21.3", "3 pieces"),
        ("2 kiwi's", "kiwi", "138", "2 pieces"),
        ("5 green olives", "olives-green", "13.5", "5 pieces"),
        ("1 raw sweet potato", "sweet-potato-raw", "130", "1 piece"),
        ("2 gekookte aardappels", "potato-boiled", "334", "2 medium"),
        ("1 courgette", "courgette-raw", "196", "1 medium"),
        ("2 waffles", "waffle", "70", "2 pieces"),
        ("2 beschuiten", "rusk", "20", "2 pieces"),
        ("1 vegetarian burger", "veggie-burger", "70", "1 patty"),
        ("2 cod fillets", "cod-baked", "360", "2 fillets"),
        ("1 Snickers", "chocolate-bar-peanut", "57", "1 bar"),
        ("1 pizza margherita", "pizza-margherita", "556", "1 piece"),
        ("een hele pizza margherita", "pizza-margherita", "556", "1 piece"),
        # sizes
        ("a large egg", "egg-raw", "50", "1 large"),
        ("een grote banaan", "banana", "136", "1 large"),
        ("1 small banana", "banana", "101", "1 small"),
        ("een kleine courgette", "courgette-raw", "118", "1 small"),
        ("a medium apple", "apple", "182", "1 piece"),
        # household measures
        ("a handful of almonds", "almonds", "28", "1 handful"),
        ("handje amandelen", "almonds", "28", "1 handful"),
        ("2 handfuls of cashews", "cashews", "56", "2 handfuls"),
        ("3 el havermout", "oats-rolled", "15.3", "3 tablespoons"),
        ("2 tbsp peanut butter", "peanut-butter", "32", "2 tablespoons"),
        ("1 tl honing", "honey", "7", "1 teaspoon"),
        ("⅓ cup rolled oats", "oats-rolled", "27", "⅓ cup"),
        ("1 cup boiled spinach", "spinach-boiled", "180", "1 cup"),
        ("kop thee", "tea-black", "237", "1 cup"),
        ("2 kopjes koffie", "coffee", "474", "2 cups"),
        ("glas halfvolle melk", "milk-semi-skimmed", "208", "1 glass"),
        ("een half glas halfvolle melk", "milk-semi-skimmed", "104", "½ glass"),
        ("a glass of chocolate milk", "chocolate-milk-drink", "211", "1 glass"),
        ("een blikje cola", "cola", "370", "1 can"),
        ("250 ml cola", "cola", "260", "250 ml"),
        ("33 cl beer", "beer", "331.65", "33 cl"),
        ("1 blikje tonijn in water", "tuna-canned-water", "165", "1 can"),
        ("a can of chickpeas", "chickpeas-canned", "253", "1 can"),
        ("1 potje magere kwark", "quark", "170", "1 pot"),
        ("een snufje zout", "salt", "0.4", "1 pinch"),
        ("2 klontjes suiker", "sugar", "4.6", "2 cubes"),
        ("2 squares of dark chocolate", "chocolate-dark", "28", "2 pieces"),
        ("1 stukje pure chocolade", "chocolate-dark", "14", "1 piece"),
        ("1 reep melkchocolade", "chocolate-milk", "44", "1 bar"),
        ("teentje knoflook", "garlic", "3", "1 clove"),
        ("2 teentjes knoflook", "garlic", "6", "2 cloves"),
        ("1 knoflookteen", "garlic", "3", "1 clove"),
        ("1 bouillonblokje", "stock-cube", "4.8", "1 cube"),
        ("2 blaadjes basilicum", "basil-fresh", "1", "2 leaves"),
        ("1 stronk witlof", "chicory-raw", "53", "1 head"),
        ("a portion of mac and cheese", "macaroni-cheese", "283", "1 portion"),
        ("een portie havermout", "oats-rolled", "40", "1 serving"),
        ("1 scoop protein powder", "protein-powder", "28.7", "1 scoop"),
        # weight
        ("60g almonds", "almonds", "60", "60 g"),
        ("almonds 30 g", "almonds", "30", "30 g"),
        ("almonds (30 g)", "almonds", "30", "30 g"),
        ("1 oz almonds", "almonds", "28.35", "1 oz"),
        ("een ons ham", "ham-sliced", "100", "1 ons"),
        ("0,5 kg appels", "apple", "500", "0.5 kg"),
        ("20 g pure chocolade 85%", "chocolate-dark-85", "20", "20 g"),
        ("85% dark chocolate 20 g", "chocolate-dark-85", "20", "20 g"),
        ("dark chocolate 85 g", "chocolate-dark", "85", "85 g"),
        ("30 g milk chocolate", "chocolate-milk", "30", "30 g"),
        ("30 g noten en rozijnen", "trail-mix", "30", "30 g"),
        ("150 g greek yogurt", "yoghurt-greek", "150", "150 g"),
        # volume: by the weight of a cup (236.588 ml), else of a tablespoon (14.787 ml)
        ("250 ml soy milk", "soy-drink", "256.78", "250 ml"),
        ("sojamelk 250 ml", "soy-drink", "256.78", "250 ml"),
        ("200 ml 2% milk", "milk-semi-skimmed", "207.96", "200 ml"),
        ("0.0 bier 330 ml", "beer-alcohol-free", "330.57", "330 ml"),
        ("halve liter melk", "milk-semi-skimmed", "519.89", "0.5 l"),
        ("2 x 250 ml milk", "milk-semi-skimmed", "519.89", "500 ml"),
        ("100 ml honey", "honey", "143.29", "100 ml"),
        ("15 ml hot cocoa", "cocoa-drink", "15.85", "15 ml"),
        # energy
        ("200 kcal of almonds", "almonds", "34.54", "200 kcal"),
        ("300 kJ hummus", "hummus", "43.19", "300 kJ"),
    ],
)  # fmt: skip
def test_what_is_sure(text: str, food: str, grams: str, measure: str) -> None:
    found = meaning(text)
    assert isinstance(found, Sure), found
    assert (found.food.id, found.grams, found.measure) == (food, Decimal(grams), measure)


@pytest.mark.parametrize(
    ("text", "foods"),
    [
        (
            "2 slices whole-wheat bread, a handful of almonds and 250 ml soy milk",
            [("bread-whole-wheat", "64"), ("almonds", "28"), ("soy-drink", "256.78")],
        ),
        (
            "2 sneetjes volkoren brood, handje amandelen en anderhalve banaan",
            [("bread-whole-wheat", "64"), ("almonds", "28"), ("banana", "177")],
        ),
        (
            "Yesterday for breakfast I had 40 g rolled oats with 200 ml semi-skimmed milk and a banana.",
            [("oats-rolled", "40"), ("milk-semi-skimmed", "207.96"), ("banana", "118")],
        ),
        (
            "bij de lunch 2 volkoren boterhammen met 1 plakje goudse kaas; glas karnemelk + een appel",
            [("bread-whole-wheat", "64"), ("gouda", "28"), ("buttermilk", "207"), ("apple", "182")],
        ),
        (
            "30 g noten en rozijnen, 1 kop zwarte koffie met 1 tl suiker",
            [("trail-mix", "30"), ("coffee", "237"), ("sugar", "4.2")],
        ),
    ],
)
def test_whole_lines(text: str, foods: list[tuple[str, str]]) -> None:
    found = meanings(text)
    assert [(each.food.id, each.grams) for each in found if isinstance(each, Sure)] == [
        (food, Decimal(grams)) for food, grams in foods
    ]
    assert len(found) == len(foods)


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("2 slices of bread", "bread-white"),
        ("2 sneetjes brood", "bread-white"),
        ("2 boterhammen", "bread-whole-wheat"),
        ("2 plakjes kaas", "gouda"),
        ("handje noten", "mixed-nuts"),
        ("een half blikje kidneybonen", "kidney-beans-canned"),
        ("100 g spinach", "spinach-raw"),
        ("100 g zucchini", "courgette-raw"),
        ("100 g champignons", "mushrooms-cooked"),
        ("1 cup cooked rice", "rice-white-cooked"),
        ("100 g chips", "crisps"),
        ("chocolade melk", "chocolate-milk-drink"),
        ("100 g vijgen", "figs-dried"),
        ("6 cherrytomaatjes", "tomato-cherry"),
        ("2 slices tosti", "bread-white-toasted"),
        ("200 g jumbo magere kwark", "quark"),
        ("100 g brocolli", "broccoli-raw"),
    ],
)
def test_where_no_one_food_has_the_name_those_that_may_be_meant_are_offered(
    text: str, candidate: str
) -> None:
    found = meaning(text)
    assert isinstance(found, Unsure)
    assert found.question == "food"
    assert candidate in [food.id for food in found.candidates]
    assert len(found.candidates) <= 8
    assert len({food.id for food in found.candidates}) == len(found.candidates)
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("text", "food", "why"),
    [
        ("almonds", "almonds", "is not said; it has grams, handful, cup"),
        ("some almonds", "almonds", '"some" is not one exact amount'),
        ("wat amandelen", "almonds", '"wat" is not one exact amount'),
        ("a few slices of gouda", "gouda", '"a few" is not one exact amount'),
        ("2-3 eggs", "egg-raw", '"2-3" is not one exact amount'),
        ("2 eggs 100 g", "egg-raw", '"2 eggs 100 g" is not one exact amount'),
        ("sneetjes witbrood", "bread-white", "is not said"),
        ("gram amandelen", "almonds", "is not said"),
        ("dark chocolate 85%", "chocolate-dark-85", "is not said"),
        ("7up", "soft-drink-lemon-lime", "is not said"),
        ("a bowl of porridge", "oats-cooked", 'no measure "bowl"'),
        ("1 kopje gekookte havermout", "oats-cooked", 'no measure "kopje"'),
        ("2 lepels suiker", "sugar", 'no measure "spoon"'),
        ("1 heaped tablespoon of sugar", "sugar", 'no measure "heaped tablespoon"'),
        ("half a can of kidney beans", "kidney-beans-canned", 'no measure "can"'),
        ("1 lemon wedge", "lemon", 'no measure "wedge"'),
        ("1 citroenpartje", "lemon", 'no measure "wedge"'),
        ("a small egg white", "egg-white", 'no measure "small"'),
        ("een stukje appel", "apple", 'no measure "small piece"'),
        ("a piece of cheese pizza", "pizza-margherita", "may be all of it or a part"),
        ("half a pineapple", "pineapple", "one pineapple is, is not known"),
        ("1 witbrood", "bread-white", "one white bread is, is not known"),
        ("2 beers", "beer", "one beer is, is not known"),
        ("1 KitKat", "chocolate-bar-wafer", "is not known"),
        ("1 gele paprika", "pepper-yellow-raw", "is not known"),
        ("150 ml likeur", "liqueur", "weigh is not known"),
        ("200 kcal of tap water", "water-tap", "The energy of tap water is not known"),
        ("101 kcal of black tea", "tea-black", "more than 10 kg"),
        ("9999 kg almonds", "almonds", "more than 10 kg"),
        ("10000 bananas", "banana", "more than 10 kg"),
        ("0.001 g almonds", "almonds", "less than 0.01 g"),
        ("400 mg almonds", "almonds", "how much of a nutrient"),
    ],
)
def test_where_the_amount_is_open_the_food_is_known(text: str, food: str, why: str) -> None:
    found = meaning(text)
    assert isinstance(found, Unsure), found
    assert found.question == "amount"
    assert [each.id for each in found.candidates] == [food]
    assert why in found.reason
    assert found.reason.endswith(".")


def test_what_is_like_nothing_is_said_to_be() -> None:
    found = meaning("2 xyzzyq")
    assert found == Unsure(
        'No food is called "xyzzyq". Nothing in the table is like it.', (), "food"
    )


def test_bread_with_peanut_butter_is_two_foods_and_one_question() -> None:
    bread, butter = meanings("2 sneetjes volkoren brood met pindakaas")
    assert isinstance(bread, Sure)
    assert isinstance(butter, Unsure)
    assert (butter.question, butter.candidates[0].id) == ("amount", "peanut-butter")


def test_a_remembered_meaning_goes_before_names_and_is_known_in_all_its_forms() -> None:
    taught = Vocabulary(FOODS, {"Boterhammen": "bread-rye", "eggs": "egg-boiled", "old": "gone"})
    (bread,) = meanings("2 boterhammen", taught)
    assert isinstance(bread, Sure)
    assert (bread.food.id, bread.grams) == ("bread-rye", 64)
    egg = meaning("an egg", taught)
    assert isinstance(egg, Sure)
    assert egg.food.id == "egg-boiled"
    assert isinstance(meaning("2 old", taught), Unsure)


def test_a_food_that_was_chosen_is_measured_as_it_was_said() -> None:
    (item,) = items("2 sneetjes brood")
    assert WORDS.measured(item, FOODS["bread-rye"]) == Sure(
        FOODS["bread-rye"], Decimal(64), "2 slices"
    )


def test_a_food_of_ones_own_is_counted_in_its_own_measure() -> None:
    flatbread = replace(
        FOODS["bread-white"], id="own", name_en="my flatbread", name_nl="", synonyms_en=(),
        synonyms_nl=(), measures=(Measure("round", Decimal(90)),),
    )  # fmt: skip
    own = Vocabulary({**FOODS, "own": flatbread})
    found = meaning("3 rounds of my flatbread", own)
    assert found == Sure(flatbread, Decimal(270), "3 rounds")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("banaan", "bananen"), ("abrikoos", "abrikozen"), ("druif", "druiven"), ("ei", "eieren"),
        ("peer", "peren"), ("tomaat", "tomaten"), ("bes", "bessen"), ("ui", "uien"),
        ("citroen", "citroenen"), ("kiwi", "kiwi's"), ("wortel", "wortels"), ("olijf", "olijven"),
        ("pannenkoek", "pannenkoeken"), ("berry", "berries"), ("cookie", "cookies"),
        ("peach", "peaches"), ("tomato", "tomatoes"), ("leaf", "leaves"), ("olive", "olives"),
        ("quiche", "quiches"), ("glass", "glasses"), ("radish", "radishes"),
        ("whole-wheat bread", "wholewheat bread"), ("Volkoren  brood", "volkorenbroden"),
        ("crème fraîche", "creme fraiche"), ("a slice of the bread", "slice bread"),
        ("mac & cheese", "mac and cheese"), ("goat’s cheese", "goats cheese"),
    ],
)  # fmt: skip
def test_names_are_the_same_in_their_strictest_key(one: str, other: str) -> None:
    assert next(keys(one)) == next(keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("milk chocolate", "chocolate milk"), ("peas", "pease"), ("puur", "puree"),
        ("fries", "frisée"), ("ale", "aal"), ("2% milk", "2 milk"), ("30+ kaas", "30 kaas"),
    ],
)  # fmt: skip
def test_names_that_are_not_the_same(one: str, other: str) -> None:
    assert next(keys(one)) != next(keys(other))


def test_every_name_of_every_food_leads_to_it() -> None:
    for food in FOODS.values():
        for name in (food.name_en, food.name_nl, *food.synonyms_en, *food.synonyms_nl):
            assert food in WORDS.called(name), name


def test_a_name_stays_whole_whatever_stands_in_it_and_around_it() -> None:
    for food in FOODS.values():
        for name in (food.name_en, food.name_nl, *food.synonyms_en, *food.synonyms_nl):
            for text in (f"100 g {name}", f"{name}: 100 g") if name else ():
                (item,) = items(text)
                assert (item.count, item.unit) == (100, "g"), text
                assert food in WORDS.called(item.words), text


def test_a_stem_is_its_own_stem() -> None:
    for food in FOODS.values():
        for word in food.name_nl.split():
            assert stem(stem(word)) == stem(word)


KNOWN = st.sampled_from(sorted(FOODS)).map(lambda key: FOODS[key].name_en)
AMOUNTS = st.sampled_from(
    [
        "2",
        "een half",
        "1,5 kg",
        "some",
        "2-3",
        "200 kcal",
        "a large",
        "3 el",
        "1 punt",
        "stukje",
        "",
    ]
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(AMOUNTS, KNOWN).map(" ".join), min_size=1, max_size=6).map(" en ".join)
    | st.text(max_size=120)
)
@example("pindakas met brooodd, " * 60)
@example("sssssss " * 250)
@example("ﹷ ﹷ")
def test_any_text_is_understood_or_asked_about(text: str) -> None:
    try:
        found = meanings(text)
    except InputError:
        return
    for each in found:
        if isinstance(each, Sure):
            assert 0 < each.grams <= MOST_GRAMS
            assert each.grams == round(each.grams, 2)
            assert each.measure
        else:
            assert len(each.candidates) <= 8
            assert each.question == "food" or len(each.candidates) == 1
            assert each.reason.isprintable()
