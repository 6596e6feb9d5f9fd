"""The words of the demonstration board. All people and all rides are made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rider:
    """A made-up member. `years` is how long ago they joined, `posts` what they wrote elsewhere."""

    name: str
    years: float
    posts: int = 0
    location: str = ""
    bikes: str = ""
    signature: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A made-up thread: who says what, in order. `days` is how long ago it began.

    In a text, `{quote:2}` stands for a quotation of post 2, and `{file:profile.png}` for a file of
    files.py that the text shows. `files` stand below a post, by its number.
    """

    board: str
    title: str
    days: float
    posts: tuple[tuple[str, str], ...]
    prefix: str = ""
    is_pinned: bool = False
    is_locked: bool = False
    likes: tuple[tuple[int, str], ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[tuple[int, str], ...] = ()


RIDERS = (
    Rider(
        "Marit Holm", 9, 2310, "Bergen", "Steel tourer, borrowed tandem", title="Keeper of the maps"
    ),
    Rider(
        "oldspokes",
        16,
        4821,
        "Leeds",
        "1987 Holdsworth, folding bike",
        signature="Ride first, weigh later.",
    ),
    Rider("Juna", 3, 212, "Utrecht", "Cargo bike, gravel bike"),
    Rider("tom_k", 12, 1630, "Graz", "Carbon road bike, winter bike with mudguards"),
    Rider("Priya R", 5, 388, "Pune", "Hybrid that became a randonneur"),
    Rider("Señor Cadena", 7, 140, "Valparaíso", "Fixed gear, for the hills, yes"),
    Rider("lena", 1, 12, "", "City bike"),
    Rider("Hartmut", 14, 2950, "Kiel", "Recumbent", signature="[i]Lie down and be counted.[/i]"),
    Rider("W. Okafor", 6, 77, "Lagos", "Touring bike, three spare tubes"),
    Rider("newwheels", 0.1),
)

HEADINGS = ("Riding", "Machines", "The house")

# Name, heading, description, prefixes.
BOARDS = (
    (
        "Body and training",
        "Riding",
        "Aches, strength, food and sleep: what riders tried and what came of it.",
        ("Tried it",),
    ),
    ("Long distance", "Riding", "Brevets, tours, nights on the road.", ()),
    ("Commuting", "Riding", "Rain, racks, lights and the daily way.", ()),
    (
        "Workshop",
        "Machines",
        "Noises, bearings, cables, and which tool it was.",
        ("Question", "Solved"),
    ),
    ("Fit", "Machines", "Saddle, bars, cleats: where the body meets the bike.", ()),
    ("About this board", "The house", "Questions and wishes about the board itself.", ()),
)

TALKS = (
    Talk(
        "Body and training",
        "Stiff lower back after an hour: what finally helped me",
        410,
        (
            (
                "oldspokes",
                "For about eight years my lower back went stiff after an hour in the"
                " saddle, whichever bike I took. New stem, new saddle, new saddle height: no change."
                "\n\nLast winter a physiotherapist pressed on the front of my hips and asked how many"
                " hours I sit a day. Ten, it turned out. She gave me one exercise: a kneeling lunge,"
                " back straight, hips pushed forward, two minutes a side, every evening.\n\nIt took"
                " six weeks. I have ridden four-hour days since without thinking about my back once."
                " This may do nothing at all for you, but it costs two minutes.",
            ),
            (
                "lena",
                "That sounds like me, only I sit nine hours. I will try it and say how it went.",
            ),
            (
                "tom_k",
                "{quote:1}\n\nDid you do it cold or after riding? I get more out of it when"
                " I am warm.",
            ),
            (
                "oldspokes",
                "Evenings, so mostly cold. On longer rides I now also stop every two"
                " hours and do it against a gate, half a minute a side.\n\nThe picture that made me"
                " understand it: https://example.org/anatomy/front-of-the-hip/where-the-long-muscle-"
                "begins-and-ends.html",
            ),
            (
                "Marit Holm",
                "Same story here, with one difference: it got worse for two weeks"
                " before it got better. Worth saying so that nobody gives up in week one.",
            ),
            (
                "Hartmut",
                "I changed to a recumbent and the pain was gone the same day. Not the"
                " cheapest exercise :)",
            ),
            ("Priya R", "@lena how did it go?"),
        ),
        prefix="Tried it",
        likes=(
            (1, "lena"),
            (1, "tom_k"),
            (1, "Marit Holm"),
            (1, "Priya R"),
            (5, "oldspokes"),
            (6, "Juna"),
            (6, "tom_k"),
            (4, "lena"),
        ),
        tags=("Priya R",),
    ),
    Talk(
        "Body and training",
        "Numb hands on long rides",
        92,
        (
            (
                "Priya R",
                "After three hours two fingers of my left hand fall asleep. I have thicker"
                " tape and padded gloves already. What did you change?",
            ),
            (
                "Hartmut",
                "How much of your weight is on the bars? Can you lift both hands for five"
                " seconds without sliding forward?",
            ),
            ("Priya R", "No. I slide forward at once."),
            (
                "tom_k",
                "Then the saddle points down too far, or it is too far forward. Level it"
                " first, then move it back in steps of five millimetres. One change a week, and write"
                " it down.",
            ),
            (
                "Priya R",
                "{quote:4}\n\nLevelled it on Saturday. 110 km on Sunday and only a little"
                " tingling at the end. I'll report after the next brevet.",
            ),
        ),
        likes=((4, "Priya R"), (4, "lena")),
    ),
    Talk(
        "Body and training",
        "How much do you really drink on a hot day?",
        24,
        (
            (
                "W. Okafor",
                "At 34 degrees I need about a litre an hour and still come home two kilos"
                " lighter. What do others count?",
            ),
            (
                "Señor Cadena",
                "Half of that, but I start before sunrise. The best bottle is the one"
                " you don't need.",
            ),
            (
                "Juna",
                "I weigh myself before and after and write it on the bottle. 0.7 l an hour at"
                " 30 degrees.",
            ),
        ),
    ),
    Talk(
        "Long distance",
        "My first 300: what I would pack again",
        35,
        (
            (
                "Priya R",
                "Finished in 17:20, last but two and happy.\n\n{file:profile.png}\n\n"
                "[b]Would pack again:[/b]\n"
                "[list][*]second light[*]rice cakes, wrapped singly[*]a dry pair of socks[/list]\n"
                "[b]Would leave at home:[/b] the second spare tyre, the book (yes, a book).",
            ),
            ("W. Okafor", "The socks! Nobody believes it until kilometre 250."),
            ("oldspokes", "Which book?"),
            ("Priya R", "{quote:3}\n\nA history of salt. 400 grams."),
            ("Marit Holm", "You carried salt in its heaviest form. Congratulations!"),
        ),
        likes=((1, "Marit Holm"), (1, "W. Okafor"), (1, "oldspokes"), (4, "Juna"), (5, "Priya R")),
        files=((1, "first-300.gpx"), (1, "packed.txt")),
    ),
    Talk(
        "Long distance",
        "Riding through the night: where do you sleep?",
        12,
        (
            (
                "Señor Cadena",
                "Bus shelters are for professionals. I am an amateur: petrol stations,"
                " twenty minutes, head on the table.",
            ),
            ("Hartmut", "I sleep on the bike. That is what it is shaped for."),
        ),
    ),
    Talk(
        "Commuting",
        "Mudguards that survive a winter",
        300,
        (
            (
                "tom_k",
                "Third pair in three years. The stays rust where they meet the frame. What lasts?",
            ),
            (
                "Juna",
                "Stainless stays, and a drop of wax on every screw in October. Mine are in"
                " their fifth winter.",
            ),
            ("oldspokes", "Longer flaps. Most of the salt comes up from your own front wheel."),
        ),
        files=((1, "mudguard.jpg"),),
    ),
    Talk(
        "Commuting",
        "Is 60 cm too wide for city bars?",
        2,
        (
            (
                "lena",
                "The new bike has bars of 60 cm and I don't fit between two parked cars any more."
                " Cut them, or get used to it?",
            ),
        ),
    ),
    Talk(
        "Workshop",
        "Click under load, only when climbing",
        6,
        (
            (
                "tom_k",
                "One click for each turn of the crank, only seated, only uphill. Bearings are"
                " new, pedals swapped, chainring bolts tight. What am I missing?",
            ),
            ("Hartmut", "Seat post. Take it out, clean it, grease it."),
            (
                "tom_k",
                "It was the seat post. Two evenings on the bearings, five minutes on the seat"
                " post. Thank you!",
            ),
        ),
        prefix="Solved",
        likes=((2, "tom_k"), (2, "oldspokes"), (2, "Marit Holm")),
    ),
    Talk(
        "Workshop",
        "Which order to tighten a cable in",
        1.2,
        (
            (
                "newwheels",
                "I replaced a shift cable for the first time and it works in five of nine"
                " gears. Which end do I begin at?",
            ),
            (
                "oldspokes",
                "At the far end. Smallest sprocket, barrel adjuster all the way in and two"
                " turns out, clamp, then tune upwards one gear at a time.",
            ),
        ),
        prefix="Question",
    ),
    Talk(
        "Fit",
        "Saddle height by feel, not by formula",
        140,
        (
            (
                "Marit Holm",
                "Every formula put me too high. What worked: heel on the pedal, leg just"
                " straight, then down until the hips stop rocking when somebody rides behind me.",
            ),
            ("Juna", "The rider behind is the best tool in the shop."),
        ),
        likes=((1, "Juna"), (1, "Priya R")),
    ),
    Talk(
        "About this board",
        "Welcome: how this place works",
        400,
        (
            (
                "Marit Holm",
                "This is a demonstration board: everybody on it is made up, and you can"
                " try everything.\n\nSay what you did, for how long, and what came of it, also when"
                " nothing did. That is the part that is missing everywhere else.",
            ),
        ),
        is_pinned=True,
        is_locked=True,
    ),
)

# A thread with more than one page; each line is one short post, riders taking turns.
LONG_TALK = Talk("Long distance", "Count to a hundred, one ride a post", 200, ())
LONG_COUNT = 46

NOTICE_TITLE = "This is a demonstration"
NOTICE = (
    "Everybody here is made up. Sign in as the administrator whose password was printed when the"
    " board first started, or register: mail is written to the data folder."
)
