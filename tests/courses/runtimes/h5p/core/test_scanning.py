"""What an editor is told of a content type, read off its scripts."""

import pytest

from courses.runtimes.h5p.core import capabilities
from home.demo.h5p import LIBRARIES
from tests.samples.h5p import CHOICE, MARKER


@pytest.mark.parametrize(
    ("script", "reports"),
    [
        ("this.triggerXAPIScored(score, max, 'completed');", True),
        ("self.triggerXAPICompleted(1,1)", True),
        ('var e=this.createXAPIEventTemplate("answered");', True),
        ("this.triggerXAPI('answered')", True),
        ("event.setVerb(`completed`)", True),
        (
            "make(verb) { this.createXAPIEventTemplate(verb); } done() { this.make('completed'); }",
            True,
        ),
        ("this.createXAPIEventTemplate(verb)", None),
        ("getXAPIData() { return {}; }", None),
        ("this.triggerXAPI('interacted')", False),
        ("this.triggerXAPI('attempted'); label = 'answered';", False),
        ("console.log('hello')", False),
    ],
)
def test_whether_it_reports_results(script: str, reports):
    assert capabilities([script]).reports_results is reports
    assert capabilities(["var a;", script]).reports_results is reports


@pytest.mark.parametrize(
    ("script", "resumes"),
    [
        ("Foo.prototype.getCurrentState = function () {}", True),
        ("this.getCurrentState=()=>1", True),
        ("previousState", False),
        ("mygetCurrentStateful()", False),
    ],
)
def test_whether_it_resumes(script: str, resumes: bool):
    assert capabilities([script]).resumes is resumes


def test_without_scripts_nothing_is_known():
    assert capabilities([]).reports_results is None
    assert capabilities([]).resumes is None


@pytest.mark.parametrize(
    ("script", "can"),
    [
        (CHOICE / "choice.js", True),
        (LIBRARIES / "Opora.SortCards-1.0" / "sort-cards.js", True),
        (LIBRARIES / "Opora.PasswordBuilder-1.0" / "password-builder.js", True),
        (MARKER / "marker.js", False),
    ],
)
def test_our_own_types_are_told_as_they_are(script, can: bool):
    found = capabilities([script.read_text("utf-8")])

    assert (found.reports_results, found.resumes) == (can, can)
