"""English words that no rule of inflection reaches: each line its word first, its other forms after.

Closed classes of the grammar, written down from general knowledge of the language.
"""

# Strong and irregular verbs; forms that are regular, too, are left to the rules.
VERBS = """
arise arose arisen
awake awoke awoken
be am is are was were been being
bear bore borne born
beat beaten
become became
begin began begun
bend bent
bet
bid bade bidden
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
build built
burn burnt
burst
buy bought
catch caught
choose chose chosen
cling clung
come came
creep crept
deal dealt
dig dug
do does did done doing
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
dwell dwelt
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flew flown
forbid forbade forbidden
forecast
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
go goes went gone going
grind ground
grow grew grown
hang hung
have has had having
hear heard
hide hid hidden
hit
hold held
keep kept
kneel knelt
know knew known
lay laid
lead led
lean leant
leap leapt
learn learnt
leave left
lend lent
lie lay lain
light lit
lose lost
make made
mean meant
meet met
mislead misled
mistake mistook mistaken
misunderstand misunderstood
outdo outdid outdone
overcome overcame
override overrode overridden
overrun overran
oversee oversaw overseen
overtake overtook overtaken
overthrow overthrew overthrown
pay paid
plead pled
prove proven
rebuild rebuilt
repay repaid
rewrite rewrote rewritten
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
sew sewn
shake shook shaken
shave shaven
shear shorn
shed
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
slay slew slain
sleep slept
slide slid
sling slung
smell smelt
sneak snuck
sow sown
speak spoke spoken
speed sped
spell spelt
spend spent
spill spilt
spin spun
spit spat
spoil spoilt
spring sprang sprung
stand stood
steal stole stolen
stick stuck
sting stung
stink stank stunk
strew strewn
stride strode stridden
strike struck stricken
string strung
strive strove striven
swear swore sworn
sweep swept
swell swollen
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
thrive throve
tread trod trodden
undergo undergoes underwent undergone
understand understood
undertake undertook undertaken
undo undoes undid undone
uphold upheld
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
withdraw withdrew withdrawn
withhold withheld
withstand withstood
wring wrung
write wrote written
"""

NOUNS = """
man men
woman women
child children
foot feet
tooth teeth
goose geese
mouse mice
louse lice
ox oxen
die dice
penny pence
brother brethren
half halves
calf calves
elf elves
knife knives
leaf leaves
life lives
loaf loaves
scarf scarves
self selves
sheaf sheaves
shelf shelves
thief thieves
wife wives
wolf wolves
hoof hooves
dwarf dwarves
criterion criteria
phenomenon phenomena
medium media
datum data
bacterium bacteria
curriculum curricula
memorandum memoranda
referendum referenda
stratum strata
forum fora
addendum addenda
symposium symposia
spectrum spectra
aquarium aquaria
stadium stadia
index indices
appendix appendices
matrix matrices
vertex vertices
vortex vortices
alumnus alumni
fungus fungi
nucleus nuclei
radius radii
stimulus stimuli
cactus cacti
focus foci
syllabus syllabi
terminus termini
genus genera
corpus corpora
alga algae
larva larvae
formula formulae
antenna antennae
alumna alumnae
vertebra vertebrae
nebula nebulae
bureau bureaux
plateau plateaux
tableau tableaux
chateau chateaux
schema schemata
stigma stigmata
quiz quizzes
bus busses
gas gasses
"""

# What has no rule at all, abbreviations of the calendar among them.
OTHERS = """
good better best
bad worse worst
far farther farthest further furthest
this these
that those
january jan
february feb
april apr
august aug
september sep sept
october oct
november nov
december dec
monday mon
tuesday tue tues
wednesday wed
thursday thu thur thurs
friday fri
saturday sat
"""

# Adjectives and adverbs with degrees in -er and -est; those in -y need no list.
GRADABLE = set(
    """
    able big black blue bold brave brief bright broad brown calm cheap clean clear clever close coarse cold
    common cool cruel cute damp dark dear deep dense dim dry dull dumb early faint fair false fast fat few
    fierce fine firm fit flat fond fresh full fun gentle grand grave great green grey gray gross hard harsh
    high hot huge humble keen kind lame large late lean light likely long loose loud low mad mean mild
    narrow near neat new nice noble odd old pale plain poor proud pure quick quiet rare raw red rich ripe
    rough round rude sad safe sane scarce severe shallow sharp short shrewd shy sick simple sincere slender
    slight slim slow small smart smooth soft soon sore sound sour sparse stale steep stern stiff strange
    strict strong subtle sure sweet swift tall tame tender thick thin tight tiny tough true ugly vague vast
    warm weak weird wet white wide wild wise young
    """.split()
)

# Words that look inflected and are not.
PLAIN = set(
    """
    news his its this thus was has does us yes always perhaps besides towards afterwards afterward whereas
    species series lens mathematics physics politics economics ethics athletics statistics during thing
    something nothing anything everything king ring sing string spring bring wing swing sling sting cling
    fling wring ding ping zing morning evening ceiling sterling need seed feed deed indeed speed exceed
    proceed succeed bleed breed weed reed greed heed steed red bed led fed shed sled bred fled wed hundred
    sacred naked wicked hatred kindred beloved rugged christmas texas paris kansas arkansas dallas vegas
    athens brussels wales naples reuters
    """.split()
)

# Respellings between British and American that no ending tells.
SPELLINGS = """
grey gray
programme program
plough plow
jewellery jewelry
aluminium aluminum
sceptic skeptic
sceptical skeptical
judgement judgment
acknowledgement acknowledgment
mould mold
moustache mustache
pyjamas pajamas
manoeuvre maneuver
defence defense
offence offense
licence license
pretence pretense
practice practise
cheque check
tyre tire
kerb curb
draught draft
paediatric pediatric
anaemia anemia
oestrogen estrogen
foetus fetus
encyclopaedia encyclopedia
archaeology archeology
mediaeval medieval
haemorrhage hemorrhage
leukaemia leukemia
diarrhoea diarrhea
orthopaedic orthopedic
anaesthetic anesthetic
cosy cozy
gaol jail
whisky whiskey
storey story
ageing aging
"""
