"""What several pages rest on, read once for all readers and for each version of the data."""

import datetime

from graph.coverage import Ground, read_ground
from graph.insight.agreements import Terms, read_terms
from graph.insight.projection import Projection, project
from graph.insight.suggestions import Market, read_market
from views.page import shared, synthetic


def the_ground() -> Ground:
    """Return what coverage rests on."""
    return shared("ground", lambda store: read_ground(store, synthetic=synthetic()), synthetic())


def the_terms() -> list[Terms]:
    """Return the terms of all agreements."""
    return shared("terms", lambda store: read_terms(store, synthetic=synthetic()), synthetic())


def the_market(as_of: datetime.date) -> Market:
    """Return what suggestions on a day rest on."""
    return shared("market", lambda store: read_market(store, as_of, synthetic=synthetic()), as_of, synthetic())


def the_projection(as_of: datetime.date) -> Projection:
    """Return who is tied to whom on a day."""
    return shared("projection", lambda store: project(store, as_of, synthetic=synthetic()), as_of, synthetic())
