"""Frequent English words: enough to see on which side of a lexicon English stands.

Short words are left out, since they are words of many languages.
"""

_WORDS = """
able about above accept across action add afraid after again against age agree air all allow almost alone already
also always among and anger angry animal another answer any ant apple arm army around arrive ashes ask aunt autumn
away baby back bad bag ball bark basket be beard beat beautiful because become bed bee beer before begin behind
believe belly below beside better between big bird birth bite bitter black blanket blind blood blow blue boat body
boil bone book born borrow both bottle bow bowl box boy branch brave bread break breast breath breathe bridge bright
bring broken brother brown build burn bury bush busy but butter buy calf call camp can care carry cat catch cattle
chair change cheap cheek cheese chest chicken chief child children choose church circle city clay clean clear climb
close cloth clothes cloud coat cold color come cook cool copper corner count country cousin cow crab cry cup custom
cut dance danger dark daughter dawn day dead deaf dear death deep deer dew die different difficult dig dirty dish do
doctor dog donkey door down dream dress drink drive drop drum dry duck dust duty each eagle ear early earn earth
east easy eat egg eight elbow eleven empty end enemy enough evening every evil eye eyebrow face fall false family
famous far farm fast fat father fear feather feed feel fence fever few field fight fill find finger finish fire fish
five flat flea floor flour flower fly fog follow food foot for forehead foreign forest forget forgive fork four fox
free freedom fresh friend frog from fruit full garden gate gather get ghost gift girl give glass go goat god gold
good goose government grain grandfather grandmother grape grass grave gray great green ground group grow guest gun
guide hair half hammer hand hang happy hard hat hate have hay head health hear heart heaven heavy heel help hen her
here hide high hill his hit hold hole holy home honey hope horn horse hot hour house how hundred hunger hungry hunt
hurry hurt husband ice if in ink insect inside iron island join joy judge juice jump key kidney kill kind king kiss
kitchen knee knife knot know knowledge ladder lake lamb lamp land language large last late laugh law lazy lead leaf
learn leather leave left leg lend letter liar lie life lift light lightning like lion lip listen little live liver
lock long look lose louse love low lung make man many market marry meat medicine meet melt middle milk mind mirror
money monkey month moon more morning mosquito mother mountain mouse mouth move much mud music must nail naked name
narrow near neck need needle nephew nest net never new news niece night nine no north nose not nothing now number
obey ocean oil old one onion open or other our out outside owl pain paint palm paper parents path pay peace people
person picture pig place plant plate play please poison poor potato power price priest pull punishment push put
queen question quick quiet rabbit rain rainbow rat read ready receive red remember rest return rib rice rich ride
right ring ripe rise river road rock roof room root rope rotten round rub run sad salt same sand save say school sea
season seed seek seize sell send seven sew shade shadow shame sharp she sheep shine ship shirt shoe short shoulder
show shut sick side silver sing sister sit six skin sky slave sleep slow small smell smile smoke smooth snake snow
soap soft soil soldier some son song soon sorrow soul soup south spear speech spider spit spring squeeze stand star
steal stick stomach stone story straight stranger straw street string strong sugar summer sun swallow swear sweat
sweep sweet swell swim sword table tail take tall teach tear tell ten tent that their they thick thief thin thing
think thirst this thorn thousand thread three throat throw thumb thunder tie tired tobacco today toe together
tomorrow tongue tooth town tree tribe true turn turtle twelve twenty twins two ugly uncle under understand vein very
village vinegar voice wait wake walk wall want war warm wash water wax way weak weather weave week weep well west
wet what wheat wheel when where which white who wide widow wife wild wind window wine wing winter wipe wish with
wolf woman wood wool word work world worm wound wrist write wrong year yellow yes yesterday you young your
"""
FREQUENT_ENGLISH = frozenset(_WORDS.split())
