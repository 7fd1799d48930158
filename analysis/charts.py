"""Every chart of the project: a table in, a :class:`Chart` out."""

from analysis.charts_accusations import plot_who_accuses_whom
from analysis.charts_acts import plot_acts_by_party
from analysis.charts_checks import plot_agreement, plot_sensitivity
from analysis.charts_confidence import plot_calibration, plot_coverage
from analysis.charts_network import plot_accusation_network
from analysis.charts_repeats import plot_repeats
from analysis.charts_shares import plot_shares_against
from analysis.charts_stance import plot_stance_by_party_and_target
from analysis.charts_stance_time import plot_stance_over_time
from analysis.charts_statements import plot_who_says_how_much, plot_who_speaks_when
from analysis.charts_terms import plot_distinctive_terms, plot_terms_by_party
from analysis.charts_time import plot_statements_over_time
from analysis.exports import Chart

__all__ = [
    "Chart",
    "plot_accusation_network",
    "plot_acts_by_party",
    "plot_agreement",
    "plot_calibration",
    "plot_coverage",
    "plot_distinctive_terms",
    "plot_repeats",
    "plot_sensitivity",
    "plot_shares_against",
    "plot_stance_by_party_and_target",
    "plot_stance_over_time",
    "plot_statements_over_time",
    "plot_terms_by_party",
    "plot_who_accuses_whom",
    "plot_who_says_how_much",
    "plot_who_speaks_when",
]
