"""Words by which a reader asks, and which tell no record from another: “which city”, “столица СНГ”.

Every other record holds “capital” or “CIS”, and a question holds them in a case or a language of its
own: beside a name or a year they weigh nothing, or the question would find only what was worded like
it. Kept as data, by language, in the letters of the language; the search folds them as it folds all.
"""

from __future__ import annotations

from capitals.words.folding import fold

QUESTION_WORDS = {
    "en": """
        which what who where when was were is are will be been the a an of in on at for to and
        city cities town capital capitals cultural cis commonwealth title year years
    """,
    "ru": """
        какой какая какое какие какого каком каким какую кто что где когда и
        в во на из с со по для о об к ко до от про при за под над без между через
        это был была было были будет стал стала станет является
        город города городу городом городе городов городах
        столица столицы столице столицу столицей столиц столицами столицах
        культурная культурной культурную культурные культурных
        СНГ содружество содружества содружестве звание звания титул год года году годом годе годы годов гг
    """,
    "az": """
        hansı kim nə harada haçan və üçün olub oldu olmuş idi olacaq olan nin nın
        şəhər şəhəri şəhərdir şəhərdə şəhərin şəhərinin şəhərlər şəhərləri
        paytaxt paytaxtı paytaxtıdır paytaxtının paytaxtlar paytaxtları
        mədəni MDB il ili ildə ilin ilində ilinin illər
    """,
    "hy": """
        որ ո՞ր որն ո՞րն ով ո՞վ ինչ ի՞նչ որտեղ երբ է էր եղել կլինի լինելու ու և
        քաղաք քաղաքը քաղաքն քաղաքի քաղաքում քաղաքներ քաղաքները
        մայրաքաղաք մայրաքաղաքը մայրաքաղաքն մայրաքաղաքի մայրաքաղաքներ մայրաքաղաքները
        մշակութային ԱՊՀ տարի տարին տարվա տարում թվական թվականի թվականին
    """,
    "be": """
        які якая якое якія якога якім хто што дзе калі у ў на з са па для аб і да ад пра пры за пад
        гэта быў была было былі будзе стаў стала стане
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


ASKING = _folded(QUESTION_WORDS)
ASKING_OF_A_CAPITAL = _folded(BESIDE_A_CAPITAL)
CAPITAL = _folded(CAPITALS)
BEHIND_A_YEAR = _folded(ENDINGS_OF_YEARS)
