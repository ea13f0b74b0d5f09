"""The assessment that is shipped: a neutral example in our own words. The council loads its own beside it."""

from datetime import date

from casework.assessments import rules
from casework.assessments.models import AssessmentQuestion, AssessmentSection, AssessmentTool
from casework.assessments.rules import Asked, Condition, Form, Question, Section, Whose

STARTS_ON = date(2012, 4, 1)
SOURCE = "Example written for this service; to be confirmed by the council"


def when(question: str, *among: str) -> Condition:
    return Condition(question, frozenset(among))


def choice(code: str, words: str, *options: tuple[str, str], **more) -> Question:
    return Question(code, words, form=Form.CHOICE, options=options, **more)


YES, PARTLY, NO = ("yes", "Yes"), ("partly", "Partly"), ("no", "No")
STRENGTHS = Section(
    "strengths", "What goes well", "Start here: what the family is good at, in their own words.", Whose.FAMILY,
    (
        Question("good", "What goes well in your family?", needed=True),
        Question("proud", "What are you proud of?"),
        Question("helps", "Who helps you already?", "Relatives, friends, neighbours, school, church or mosque."),
    ),
)  # fmt: skip
HOME = Section(
    "home", "Home and money", "", Whose.FAMILY,
    (
        choice("settled", "Is your home safe and settled, and big enough?", YES, PARTLY, NO),
        Question("home_wrong", "What is wrong with it?", when=when("settled", "partly", "no")),
        choice("enough", "Is there enough money for food, heating and rent?", YES, ("sometimes", "Not always"), NO),
        Question("hardest", "What is hardest to pay for?", when=when("enough", "sometimes", "no")),
        choice(
            "debts", "Does anybody lend you money or ask for it back?", YES, NO,
            when=when("enough", "sometimes", "no"),
        ),
    ),
)  # fmt: skip
TOGETHER = Section(
    "together", "Living together", "Ask about feeling safe when people are alone, not in front of each other.",
    Whose.FAMILY,
    (
        Question("together", "How do you get on at home?"),
        choice(
            "safe", "Does everybody feel safe at home?", YES, ("sometimes", "Not always"), NO,
            ("not_asked", "I could not ask alone"),
        ),
        Question(
            "unsafe", "Who does not feel safe, and when?",
            "If somebody is in danger now, do not finish this first: follow the safeguarding procedure.",
            when=when("safe", "sometimes", "no"),
        ),
    ),
)  # fmt: skip
ISSUES = Section(
    "issues", "What is difficult", "", Whose.FAMILY,
    (
        Question("needs", "Which of these are difficult for the family as a whole?", form=Form.NEEDS),
        Question("needs_words", "How does the family say it?", when=when("needs")),
        Question("first", "What should change first?", "In their own words.", needed=True),
    ),
)  # fmt: skip
MEMBER = Section(
    "member", "About them", "Talk with each of them alone if you can.", Whose.MEMBER,
    (
        Question("good_at", "What are they good at, and what do they enjoy?", needed=True),
        choice("well", "Are they well, in body and mind?", YES, PARTLY, NO),
        Question("unwell", "What is it, and who helps with it?", when=when("well", "partly", "no")),
        choice(
            "school", "How does it go at school or nursery?", ("well", "Well"), ("mixed", "Sometimes well"),
            ("badly", "Badly"), ("none", "They do not go to one"), asked=Asked.CHILDREN,
        ),
        Question(
            "school_words", "What happens there?", asked=Asked.CHILDREN, when=when("school", "mixed", "badly", "none")
        ),
        Question("child_said", "What did they say, in their own words?", asked=Asked.CHILDREN),
        choice(
            "work", "Do they work or learn?", YES, ("looking", "Looking for it"), NO, asked=Asked.ADULTS
        ),
        Question(
            "work_words", "What would have to be different?", asked=Asked.ADULTS, when=when("work", "looking", "no")
        ),
        Question("own_needs", "Which of these are difficult for them?", form=Form.NEEDS),
        Question("own_needs_words", "How do they say it?", when=when("own_needs")),
        Question("wants", "What do they want to be different?"),
    ),
)  # fmt: skip
VIEW = Section(
    "view", "What you make of it", "Your own view. The family reads it too.", Whose.FAMILY,
    (
        Question("view", "What do you make of what you heard and saw?"),
        choice("alone", "Did you talk with the children alone?", YES, ("some", "With some of them"), NO),
        Question("why_not_alone", "Why not with all of them?", when=when("alone", "some", "no")),
    ),
)  # fmt: skip
EXAMPLE = rules.Tool("our-family", 1, "Our family now", (STRENGTHS, HOME, TOGETHER, ISSUES, MEMBER, VIEW))


def load(*, using: str) -> None:
    load_tool(EXAMPLE, starts_on=STARTS_ON, source=SOURCE, using=using)


def load_tool(tool: rules.Tool, *, starts_on: date, source: str, using: str = "default") -> AssessmentTool:
    """Take a version of an assessment into use. A version that is there already stays as it is."""
    if problems := rules.problems_with_tool(tool):
        raise ValueError(" ".join(problems))
    row, made = AssessmentTool.objects.using(using).get_or_create(
        code=tool.code, version=tool.version, defaults={"name": tool.name, "starts_on": starts_on, "source": source}
    )
    if made:
        for place, section in enumerate(tool.sections, start=1):
            _load_section(row, place, section, using=using)
    return row


def _load_section(row: AssessmentTool, place: int, section: Section, *, using: str) -> None:
    made = AssessmentSection.objects.using(using).create(
        tool=row, position=place, code=section.code, title=section.title, intro=section.intro, whose=section.whose
    )
    AssessmentQuestion.objects.using(using).bulk_create(
        AssessmentQuestion(
            section=made, tool=row, position=number, code=asked.code, words=asked.words, help=asked.help,
            form=asked.form, options=[list(option) for option in asked.options], asked=asked.asked,
            needed=asked.needed, when_question=asked.when.question if asked.when else "",
            when_among=sorted(asked.when.among) if asked.when else [],
        )
        for number, asked in enumerate(section.questions, start=1)
    )  # fmt: skip
