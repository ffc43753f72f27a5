"""Words that hold a sentence together and say nothing of its subject, folded.

Articles, pronouns, prepositions, conjunctions, auxiliaries and question words of the languages whose
articles are read here. They lower a word's share in a question; no search ever leaves them out.
Of don't and its like the index has two words, don and t.
"""

_ENGLISH = """
a an the this that these those such some any each every both either neither no not nor
i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself
it its itself they them their theirs themselves one ones who whom whose which what whatever
when where why how whether there here then than too very so as also only just about
am is are was were be been being do does did doing done have has had having will would shall should can
could
may might must ought
at by for from in into of off on onto out over through to toward towards under until up upon with within
without
between among during before after above below against along across around
and or but if because while although though since unless
don doesn didn isn aren wasn weren t s
"""
_RUSSIAN = """
а и но да или либо же ли бы б не ни что чтобы чтоб как так если когда пока хотя ибо то тоже также лишь
только уже еще
я меня мне мной мы нас нам нами ты тебя тебе тобой вы вас вам вами он его ему им нем она ее ей ею ней нее
оно
они их ими них ним нему него себя себе собой
мой моя мое мои наш наша наше наши твой ваш ваша ваше ваши свой своя свое свои своего своей своих своим
своему свою
этот эта это эти этого этой этому этим этом этих этими эту тот та те того той тому тем том тех теми ту такой
такая
такое такие такого таких весь вся все всего всей всему всех всем всеми сам сама само сами
кто кого кому кем ком чего чему чем чья чье чьи чей
какой какая какое какие какого какому каким каком каких какими какую
который которая которое которые которого которому которым котором которых которыми которую
где куда откуда почему зачем сколько скольких насколько каков какова каковы
в во на с со к ко у о об обо от ото до из изо за по под над при про без для через между перед после около
среди
быть был была было были будет будут есть нет является являются являлся являлась являлось являлись
там тут здесь потом очень можно ведь вот раз
"""
_UKRAINIAN = """
а і й та але або чи же ж би б не ні що щоб як так якщо коли поки хоча то теж також лише тільки вже ще бо
я мене мені мною ми нас нам нами ти тебе тобі тобою ви вас вам вами він його йому ним ньому нього вона її їй
нею ній
неї воно вони їх їм ними них себе собі собою
мій моя моє мої наш наша наше наші твій ваш ваша ваше ваші свій своя своє свої свого своєї своїх своїм
своєму свою
цей ця це ці цього цієї цьому цим цих цими цю той те ті того тієї тому тим тих тими ту такий така таке такі
такого
весь вся все всі всього всієї всьому всіх всім усі усе сам сама само самі
хто кого кому ким чого чому чим чий чия чиє чиї
який яка яке які якого якої якому яким якій яких якими яку
де куди звідки навіщо скільки котрий котра котре котрі
в у на з із зі до від од за по під над при про без для через між перед після біля серед о об
бути був була було були буде будуть є немає
там тут потім дуже можна адже ось
"""

FUNCTION_WORDS = frozenset(f"{_ENGLISH} {_RUSSIAN} {_UKRAINIAN}".split())
