"""Words by which a reader asks, and which tell no record from another: “which city”, “столица СНГ”.

Every other record holds “capital” or “CIS”, and a question holds them in a case or a language of its
own: beside a name or a year they weigh nothing, or the question would find only what was worded like
it. Kept as data, by language, in the letters of the language; the search folds them as it folds all.
Each language has the same ones: whoever adds a word in one adds its like in the other four.
"""

from __future__ import annotations

from capitals.words.folding import fold

QUESTION_WORDS = {
    "en": """
        which what whats who whos whom whose where when why how was were is are will be been did does do
        has have had become became becomes it its the a an of in on at for to from by as and
        city cities town capital capitals cultural cis commonwealth title year years
    """,
    "ru": """
        какой какая какое какие какого каком каким какую каков какова кто кого кому кем что чем где куда
        откуда когда почему зачем как ли же и а
        в во на из с со по для о об к ко до от у про при за под над без между через
        это был была было были быть будет стал стала стало стали стать станет становится является
        город города городу городом городе городов городах
        столица столицы столице столицу столицей столиц столицами столицах
        культурная культурной культурную культурные культурных
        СНГ содружество содружества содружестве звание звания титул год года году годом годе годы годов гг
    """,
    "az": """
        hansı hansıdır kim kimdir nə nədir harada harda haradadır haçan vaxt niyə niçün necə və üçün ki
        olub oldu olmuş olmuşdur idi olacaq olan olur nin nın
        şəhər şəhəri şəhərdir şəhərdə şəhərin şəhərinin şəhərlər şəhərləri
        paytaxt paytaxtı paytaxtıdır paytaxtının paytaxtlar paytaxtları
        mədəni MDB il ili ildə ilin ilində ilinin illər
    """,
    "hy": """
        որ ո՞ր որն ո՞րն որը ով ո՞վ ովքեր ում ինչ ի՞նչ ինչու ինչո՞ւ ինչպես ինչպե՞ս որտեղ որտե՞ղ երբ ե՞րբ
        է էր են էին եղել կլինի լինելու դարձել դարձավ դառնալու կդառնա ու և համար
        քաղաք քաղաքը քաղաքն քաղաքի քաղաքում քաղաքներ քաղաքները
        մայրաքաղաք մայրաքաղաքը մայրաքաղաքն մայրաքաղաքի մայրաքաղաքներ մայրաքաղաքները
        մշակութային ԱՊՀ տարի տարին տարվա տարում թվական թվականի թվականին
    """,
    "be": """
        які якая якое якія якога якім якой якую хто каго каму кім што чым дзе куды адкуль калі чаму навошта
        як ці ж у ў на з са па для аб і да ад пра пры за пад
        гэта быў была было былі быць будзе стаў стала сталі стаць стане становіцца
        горад горада гораду горадам горадзе гарады гарадоў
        сталіца сталіцы сталіцу сталіцай сталіц
        культурная культурнай культурную культурныя культурных
        СНД садружнасць садружнасці год года годзе годам гады гадоў
    """,
}
"""Those that weigh nothing beside others."""

BESIDE_A_CAPITAL = {
    "en": "culture independent states",
    "ru": "культуры культура независимых государств",
    "az": "mədəniyyət mədəniyyətin müstəqil dövlətlər birliyi birliyinin",
    "hy": "մշակույթի անկախ պետությունների համագործակցության համագործակցություն",
    "be": "культуры культура незалежных дзяржаў",
}
"""Those that do so only in a question about a capital: “capital of culture”, not “council of culture”."""

CAPITALS = {
    "en": "capital capitals",
    "ru": "столица столицы столице столицу столицей столиц столицами столицах",
    "az": "paytaxt paytaxtı paytaxtıdır paytaxtının paytaxtlar paytaxtları",
    "hy": "մայրաքաղաք մայրաքաղաքը մայրաքաղաքն մայրաքաղաքի մայրաքաղաքներ մայրաքաղաքները",
    "be": "сталіца сталіцы сталіцу сталіцай сталіц",
}
"""The words for a capital, by which such a question is known."""

BESIDE_A_PLACE = {
    "en": """
        country countries located lies situated chosen choose chose selected elected named appointed
        awarded given gave got received decided decide proclaimed declared announced hosted held holds
        ceremony ceremonies
    """,
    "ru": """
        страна страны стране страну стран находится расположен расположена выбран выбрана выбрали выбрал
        избран избрана избрали назван названа назвали назначен назначили присвоено присвоили получил
        получила решил решила решили решено утвердил утвердили провозглашён провозглашена объявлен
        объявлена объявили принимал носил носила носит церемония церемонии церемонию церемоний
    """,
    "az": """
        ölkə ölkədə ölkədədir ölkəsi ölkənin yerləşir seçilib seçildi seçilmişdir seçib seçdi adlandırılıb
        təyin edilib edildi edilmişdir verilib verildi aldı alıb qərar elan keçirilib mərasim mərasimi
    """,
    "hy": """
        երկիր երկիրը երկրի երկրում գտնվում ընտրվել ընտրվեց ընտրել ընտրեց ընտրված անվանվել անվանվեց
        նշանակվել ստացել ստացավ որոշել որոշեց որոշվել հռչակվել հռչակվեց հռչակված տիտղոս տիտղոսը
        արարողություն արարողությունը
    """,
    "be": """
        краіна краіны краіне краіну знаходзіцца размешчаны размешчана выбраны выбрана выбралі абраны абрана
        абралі названы назвалі прызначаны атрымаў атрымала вырашыў вырашыла вырашылі абвешчаны абвешчана
        абвясцілі прымаў званне звання тытул цырымонія цырымоніі цырымонію
    """,
}
"""Those that weigh nothing where only a place or a year stands beside them: “why was Lachin chosen”."""

TIMES = {
    "now": {
        "en": "now current currently today todays present presently latest this",
        "ru": """
            сейчас теперь ныне сегодня нынешний нынешняя нынешней нынешнем нынешнего
            текущий текущая текущей текущем текущего этот этом этого
        """,
        "az": "indi indiki hazırda hazırkı bugün cari bu",
        "hy": "հիմա այժմ այսօր ներկա ներկայիս ընթացիկ այս",
        "be": """
            зараз цяпер сёння сёлета цяперашні цяперашняя цяперашняй
            бягучы бягучая бягучай бягучым гэты гэтым гэтага
        """,
    },
    "next": {
        "en": "next upcoming coming following future after",
        "ru": """
            следующий следующая следующей следующую следующем следующего
            будущий будущая будущей будущую будущем будущего после
        """,
        "az": "növbəti gələn gələcək sonrakı sonra",
        "hy": "հաջորդ հաջորդը գալիք մյուս հետո",
        "be": "наступны наступная наступнай наступную наступным будучы будучая будучым пасля",
    },
    "previous": {
        "en": "last previous preceding before",
        "ru": """
            прошлый прошлая прошлой прошлую прошлом прошлого последний последняя последней
            предыдущий предыдущая предыдущей предыдущую предыдущем перед
        """,
        "az": "keçən ötən sonuncu əvvəlki əvvəl",
        "hy": "անցյալ վերջին նախորդ նախորդը առաջ",
        "be": "мінулы мінулая мінулай мінулым апошні апошняя папярэдні папярэдняя папярэдняй перад",
    },
    "first": {
        "en": "first earliest",
        "ru": "первый первая первой первую первым первые",
        "az": "ilk birinci",
        "hy": "առաջին առաջինը",
        "be": "першы першая першай першую першым першыя",
    },
}
"""Those for a year, by which year it is: this one, the next, the one before, the first of all."""

CEREMONIES = {
    "opening": {
        "en": "opening opened open opens inaugurated inauguration began begin started start",
        "ru": """
            открытие открытия открытию открытии открытием открыли открыл открыт открыта открыто
            открылся открылась начался началась началось начало
        """,
        "az": "açılış açılışı açılışın açılışının açılışında açılıb açıldı açılması başlayıb başladı",
        "hy": "բացում բացումը բացման բացվել բացվեց բացել սկսվել սկսվեց մեկնարկ մեկնարկը",
        "be": "адкрыццё адкрыцця адкрыцці адкрылі адкрыў адкрыты адкрыта адкрыўся пачаўся пачатак",
    },
    "closing": {
        "en": "closing closed close closes ended end ends",
        "ru": """
            закрытие закрытия закрытию закрытии закрытием закрыли закрыл закрыт закрыта закрыто
            закрылся закрылась завершился завершилась закончился
        """,
        "az": "bağlanış bağlanışı bağlanışın bağlanışının bağlanıb bağlandı bağlanması bitib bitdi",
        "hy": "փակում փակումը փակման փակվել փակվեց փակել ավարտվել ավարտվեց",
        "be": "закрыццё закрыцця закрыцці закрылі закрыў закрыты закрыта закрыўся завяршыўся скончыўся",
    },
    "handover": {
        "en": "handover handed hands handing over passed passes transferred relay",
        "ru": "передача передачи передаче передали передал передала передаст эстафета эстафету эстафеты",
        "az": "təhvil verib verdi ötürüb ötürdü ötürülüb ötürülməsi estafet estafeti",
        "hy": "փոխանցում փոխանցումը փոխանցել փոխանցեց փոխանցվել փոխանցվեց էստաֆետ",
        "be": "перадача перадачы перадалі перадаў перадала перадасць эстафета эстафету эстафеты",
    },
}
"""Those for what opens, closes or hands over a year."""

ENDINGS_OF_YEARS = {
    "en": "th s",
    "ru": "г гг го м му й ый ом ого",
    "az": "ci cı cu cü",
    "hy": "թ թթ ին ի ում",
    "be": "га і ы м",
}
"""What is written behind the digits of a year: “2017-ci”, “2017г.”, “2026 թ.”."""


def _folded(words: dict[str, str]) -> frozenset[str]:
    """The words of all languages as the search has them; one with a hyphen in it is two."""
    return frozenset(part for language in words.values() for part in fold(language).split())


def _by_word(meanings: dict[str, dict[str, str]]) -> dict[str, str]:
    """What each word of all languages means."""
    return {word: meaning for meaning, words in meanings.items() for word in _folded(words)}


ASKING = _folded(QUESTION_WORDS)
ASKING_OF_A_CAPITAL = _folded(BESIDE_A_CAPITAL)
ASKING_OF_A_PLACE = _folded(BESIDE_A_PLACE)
CAPITAL = _folded(CAPITALS)
TIME = _by_word(TIMES)
CEREMONY = _by_word(CEREMONIES)
BEHIND_A_YEAR = _folded(ENDINGS_OF_YEARS)
