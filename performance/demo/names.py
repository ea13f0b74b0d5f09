"""What the made-up people are called and where they live."""

FEMALE = (
    "Aisha", "Amy", "Beth", "Carly", "Chloe", "Daisy", "Ellie", "Fatima", "Gemma", "Grace", "Hannah", "Isla", "Jade",
    "Jodie", "Kayleigh", "Leah", "Lily", "Megan", "Mia", "Natasha", "Olivia", "Priya", "Rosie", "Sophie", "Zara",
)  # fmt: skip
MALE = (
    "Aaron", "Adam", "Ben", "Callum", "Connor", "Daniel", "Dean", "Ethan", "Finley", "George", "Harry", "Imran", "Jack",
    "Jake", "Jamie", "Kieran", "Kyle", "Liam", "Luke", "Mason", "Nathan", "Oscar", "Ravi", "Ryan", "Tyler",
)  # fmt: skip
COLLEAGUES = (
    "Alison", "Bhavna", "Claire", "Derek", "Emma", "Farah", "Gareth", "Helen", "Ian", "Joanne", "Karen", "Lorraine",
    "Manjit", "Neil", "Paula", "Rakesh", "Sandra", "Tom", "Usha", "Vicky", "Wendy",
)  # fmt: skip
COLLEAGUES_SURNAMES = (
    "Allsop", "Bennett", "Chauhan", "Dalby", "Everard", "Flavell", "Gill", "Hames", "Insley", "Joshi", "Kirk",
    "Loakes", "Modi", "Nixon", "Oldham", "Preston", "Roe", "Squires", "Trivedi",
)  # fmt: skip
"""Two lists of lengths without a common divisor: no two workers are called the same."""

SURNAMES = (
    "Abbott", "Ainsley", "Bagley", "Barlow", "Beeby", "Bexton", "Birch", "Bramley", "Cawley", "Chadwick", "Clowes",
    "Corah", "Dexter", "Dunmore", "Eaton", "Fewkes", "Freer", "Gamble", "Gilroy", "Goddard", "Hallam", "Hickling",
    "Hubbard", "Illston", "Jarvis", "Kaur", "Kendall", "Kirby", "Lacey", "Langham", "Mahmood", "Measures", "Musson",
    "Neale", "Noon", "Orton", "Palmer", "Patel", "Pegg", "Quince", "Ratby", "Riley", "Sharman", "Sibson", "Smalley",
    "Tailby", "Thorpe", "Toone", "Underwood", "Varnham", "Wardle", "Warner", "Whatton", "Wormleighton", "Yeomans",
)  # fmt: skip
STREETS = (
    "Ash Grove", "Bridge Street", "Canal Lane", "Church Walk", "Elm Close", "Forest Road", "Mill Lane", "Oak Avenue",
    "Park Drive", "Quarry Hill", "School Lane", "Station Road", "The Green", "Windmill Rise",
)  # fmt: skip
SCHOOLS = (
    "Ashfield Primary School", "Brookside Primary School", "Fairholme College", "Highcroft Academy", "Longmead College",
    "Meadow View Primary School", "Ridgeway Academy", "St Anne's Primary School",
)  # fmt: skip
NOTES = (
    "Talked about mornings. The alarm is on and both children were dressed before nine; {child} was proud of it.",
    "Kitchen was warm and tidy. We went through the rent letter and rang the council; a plan for arrears is agreed.",
    "{child} showed me the homework diary. School rang last week about lateness, {adult} wants help with the bus.",
    "Difficult visit: {adult} had been up all night. We kept it short and agreed that I come back on Thursday.",
    "Walked to the job club with {adult}. CV is done, two applications sent while I was there.",
    "Talked with {child} alone about friends and the park. No worries said; would like to join the boxing club.",
    "{adult} told me the neighbours have stopped complaining. The behaviour contract is on the fridge.",
)  # fmt: skip
GOALS = (
    ("We want everybody to be in school on time", "Alarm at seven, bags packed at night", "Breakfast club place"),
    ("We want to stop worrying about money", "Bring all letters to the debt appointment", "Debt advice appointment"),
    ("We want a quieter home and no letters about noise", "Keep to the contract after nine", "Youth club twice a week"),
    ("I want a job that fits round school", "Finish the CV and send two applications a week", "Job club on Tuesdays"),
)  # fmt: skip

TOLD = (
    "Ring before ten: mum works nights and sleeps until three. The school is keen to meet again before half term.",
    "They were promised help with the housing form. The dog is friendly, the stairs are not.",
    "The eldest talks when you walk, not at the table. Dad joins if it is after five.",
    "Two workers before me: they are tired of starting again, so begin with what they did well.",
)
