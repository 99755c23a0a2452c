"""The record: capitals, cities, decisions, events and centres, each fact with its sources.

The record is rebuilt whole at every load, and its addresses are permanent: the slug of
everything that has an address is its primary key. Each queryset stands beside its model.
"""

from capitals.fields import LanguageField  # the migrations name it here
from capitals.models.bilingual import InTwoLanguages, WithOriginal
from capitals.models.bodies import Body
from capitals.models.centres import CulturalCentre
from capitals.models.cited import Cited
from capitals.models.disputes import SUBJECTS, Dispute, DisputeVersion
from capitals.models.events import Event
from capitals.models.log import Change, Correction, FormerAddress, RecordState
from capitals.models.names import CityName
from capitals.models.parts import EventDesignation, EventSpeaker
from capitals.models.places import City, Country
from capitals.models.programme import ProgrammeStatement, SisterTitle, SisterTitleHolding
from capitals.models.searchable import SearchEntry, SearchKind, SearchNumber, SearchWord
from capitals.models.series import EventSeries
from capitals.models.sources import Source
from capitals.models.titles import Decision, Designation

__all__ = [
    "SUBJECTS",
    "Body",
    "Change",
    "Cited",
    "City",
    "CityName",
    "Correction",
    "Country",
    "CulturalCentre",
    "Decision",
    "Designation",
    "Dispute",
    "DisputeVersion",
    "Event",
    "EventDesignation",
    "EventSeries",
    "EventSpeaker",
    "FormerAddress",
    "InTwoLanguages",
    "LanguageField",
    "ProgrammeStatement",
    "RecordState",
    "SearchEntry",
    "SearchKind",
    "SearchNumber",
    "SearchWord",
    "SisterTitle",
    "SisterTitleHolding",
    "Source",
    "WithOriginal",
]
