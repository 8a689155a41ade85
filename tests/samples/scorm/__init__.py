"""Tiny SCORM packages of our own, as the bytes of their zips: good, odd and malicious ones.

``GOOD``, ``ODD`` and ``REFUSED`` map a name to the function that makes the package. Every SCO shows
a sum and has the buttons ``#right``, ``#wrong``, ``#pause`` and ``#finish``; ``#said`` tells what
happened. The same call always gives the same bytes.
"""

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.samples.scorm.manifests import NAMESPACES_12, Line, Plan, Thing
from tests.samples.scorm.pages import ASSET_HTML, CURIOUS_HTML, SCO_HTML, SCO_JS

MANIFEST = "imsmanifest.xml"
Contents = Mapping[str, bytes | str]


def zipped(contents: Contents) -> bytes:
    """A zip of these files; texts are in UTF-8."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def sco(title: str = "Sum", script: str = "sco.js") -> str:
    return SCO_HTML.format(title=title, script=script)


def single(version: str = "1.2", **changes: object) -> Plan:
    """The plan of a package with one SCO; ``changes`` are fields of :class:`Plan`."""
    fields: dict[str, object] = {
        "title": "One sum",
        "lines": (Line("SUM", "Sum", "R1"),),
        "things": (Thing("R1", "index.html", files=("index.html", "sco.js")),),
    }
    return Plan(version, **{**fields, **changes})  # type: ignore[arg-type]


def package(plan: Plan | bytes | str, *, folder: str = "", **pages: str) -> bytes:
    """A zip of a manifest and a page with a SCO; ``pages`` are further ones by their stem."""
    manifest = plan.xml() if isinstance(plan, Plan) else plan
    files: dict[str, bytes | str] = {
        MANIFEST: manifest,
        "index.html": sco(),
        "sco.js": SCO_JS,
        **{f"{stem}.html": page for stem, page in pages.items()},
    }
    return zipped({folder + name: content for name, content in files.items()})


# Good ones.


def one_sco_12() -> bytes:
    """1.2, one SCO with a mastery score and launch data."""
    inside = (
        "<adlcp:masteryscore>80</adlcp:masteryscore>"
        "<adlcp:maxtimeallowed>0001:00:00</adlcp:maxtimeallowed>"
        "<adlcp:timelimitaction>continue,no message</adlcp:timelimitaction>"
        "<adlcp:datafromlms>level=2</adlcp:datafromlms>"
    )
    return package(single(lines=(Line("SUM", "Sum", "R1", inside=inside),)))


def three_scos_12() -> bytes:
    """1.2, three SCOs in two folders and an asset; the second and third wait for the first."""

    def waits(expression: str) -> str:
        return f'<adlcp:prerequisites type="aicc_script">{expression}</adlcp:prerequisites>'

    lines = (
        Line(
            "F1",
            "Beginning",
            children=(Line("S1", "First", "R1"), Line("A1", "Picture", "R4")),
        ),
        Line(
            "F2",
            "Going on",
            children=(
                Line("S2", "Second", "R2", inside=waits("S1")),
                Line("S3", "Third", "R3", 'isvisible="false"', waits("S1 &amp; S2")),
            ),
        ),
    )
    things = (
        Thing("R1", "one.html"),
        Thing("R2", "two.html"),
        Thing("R3", "three.html"),
        Thing("R4", "picture.html", "asset"),
    )
    return package(
        Plan("1.2", "Three sums", lines, things),
        one=sco("First"),
        two=sco("Second"),
        three=sco("Third"),
        picture=ASSET_HTML.format(title="Picture"),
    )


_PASSING = (
    "<imsss:sequencing><imsss:objectives>"
    '<imsss:primaryObjective objectiveID="whole" satisfiedByMeasure="true">'
    "<imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure></imsss:primaryObjective>"
    '<imsss:objective objectiveID="adding"/></imsss:objectives></imsss:sequencing>'
)


def one_sco_2004_3rd() -> bytes:
    """2004 3rd edition, one SCO that passes from 0.8 and is complete from half its progress."""
    inside = (
        "<adlcp:dataFromLMS>level=2</adlcp:dataFromLMS>"
        "<adlcp:completionThreshold>0.5</adlcp:completionThreshold>" + _PASSING
    )
    return package(single("2004.3", lines=(Line("SUM", "Sum", "R1", inside=inside),)))


def one_sco_2004_4th() -> bytes:
    """The same in the 4th edition."""
    inside = (
        "<adlcp:dataFromLMS>level=2</adlcp:dataFromLMS>"
        '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>' + _PASSING
    )
    return package(single("2004.4", lines=(Line("SUM", "Sum", "R1", inside=inside),)))


def sequenced_2004() -> bytes:
    """2004 4th edition: a lesson, then a test that is open once the lesson is done."""
    rule = (
        "<imsss:sequencing IDRef='shared'><imsss:sequencingRules><imsss:preConditionRule>"
        '<imsss:ruleConditions conditionCombination="any">'
        '<imsss:ruleCondition referencedObjective="before" operator="not" condition="satisfied"/>'
        '<imsss:ruleCondition referencedObjective="before" operator="not"'
        ' condition="objectiveStatusKnown"/></imsss:ruleConditions>'
        '<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>'
        '<imsss:limitConditions attemptLimit="3"/>'
        '<imsss:rollupRules objectiveMeasureWeight="0.75"/>'
        '<imsss:objectives><imsss:primaryObjective objectiveID="whole"/>'
        '<imsss:objective objectiveID="before"><imsss:mapInfo targetObjectiveID="lesson-done"'
        ' readSatisfiedStatus="true"/></imsss:objective></imsss:objectives>'
        "</imsss:sequencing>"
        "<adlnav:presentation><adlnav:navigationInterface>"
        "<adlnav:hideLMSUI>abandon</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
    )
    lesson = (
        "<imsss:sequencing IDRef='shared'>"
        '<imsss:rollupRules rollupObjectiveSatisfied="false" objectiveMeasureWeight="0.25"/>'
        '<imsss:objectives><imsss:primaryObjective objectiveID="lesson">'
        '<imsss:mapInfo targetObjectiveID="lesson-done" writeSatisfiedStatus="true"/>'
        "</imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
    )
    root = (
        '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/>'
        '<imsss:rollupRules><imsss:rollupRule childActivitySet="atLeastPercent"'
        ' minimumPercent="0.5"><imsss:rollupConditions>'
        '<imsss:rollupCondition condition="completed"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="completed"/></imsss:rollupRule></imsss:rollupRules>'
        "</imsss:sequencing>"
    )
    collection = (
        '<imsss:sequencingCollection><imsss:sequencing ID="shared">'
        '<imsss:deliveryControls tracked="true" completionSetByContent="true"'
        ' objectiveSetByContent="true"/></imsss:sequencing></imsss:sequencingCollection>'
    )
    lines = (
        Line("LESSON", "Lesson", "R1", inside=lesson),
        Line("TEST", "Test", "R2", 'parameters="?mode=test"', rule),
    )
    plan = Plan(
        "2004.4",
        "Lesson and test",
        lines,
        (Thing("R1", "lesson.html"), Thing("R2", "test.html?level=1#top")),
        inside=root,
        more=collection,
    )
    return package(plan, lesson=sco("Lesson"), test=sco("Test"))


# Odd ones, as real packages are.


def no_default() -> bytes:
    return package(single(default=None))


def unknown_default() -> bytes:
    return package(single(default="ELSEWHERE"))


def wrong_case() -> bytes:
    return package(single(things=(Thing("R1", "INDEX.HTML"),)))


def upper_manifest() -> bytes:
    return zipped({"IMSMANIFEST.XML": single().xml(), "index.html": sco(), "sco.js": SCO_JS})


def with_bom() -> bytes:
    return package(b"\xef\xbb\xbf" + single(title="Сумма").xml().encode())


def utf_16() -> bytes:
    return package(single(title="Сумма").xml().replace("UTF-8", "UTF-16").encode("utf-16"))


def utf_16_only_in_name() -> bytes:
    return package(single(title="Сумма").xml().replace("UTF-8", "utf-16"))


def windows_1251() -> bytes:
    text = single(title="Сумма").xml().replace("UTF-8", "windows-1251")
    return package(text.encode("windows-1251"))


def windows_1251_undeclared() -> bytes:
    return package(single(title="Сумма").xml().encode("windows-1251"))


def in_folder() -> bytes:
    return package(single(), folder="My course/")


def in_folder_of_macos() -> bytes:
    return zipped(
        {
            f"My course/{MANIFEST}": single().xml(),
            f"__MACOSX/My course/{MANIFEST}": b"\x00\x05\x16\x07",
            "My course/index.html": sco(),
            "My course/sco.js": SCO_JS,
        }
    )


def with_bases() -> bytes:
    """xml:base at three levels, the last one without its slash."""
    plan = single(
        attributes='xml:base="content/"',
        resources='xml:base="pages/"',
        things=(Thing("R1", "a%20b.html?x=1", attributes='xml:base="deep"'),),
    )
    return zipped({MANIFEST: plan.xml(), "content/pages/deep/a b.html": sco(), "sco.js": SCO_JS})


def with_backslashes() -> bytes:
    plan = single(things=(Thing("R1", "pages\\index.html"),))
    return zipped({MANIFEST: plan.xml(), "pages/index.html": sco()})


def no_namespaces() -> bytes:
    return package(single(namespaces="xmlns='x'", schema=""))


def no_types() -> bytes:
    return package(single(things=(Thing("R1", "index.html", kind=""),)))


def bare_ampersand() -> bytes:
    plan = single(title="A and B").xml().replace("A and B", "A & B&nbsp;&mdash; C\x0b")
    return package(plan.replace('href="index.html"', 'href="index.html?a=1&b=2"', 1))


def no_organization() -> bytes:
    things = "".join(
        thing.xml("1.2") for thing in (Thing("R1", "index.html"), Thing("R2", "x.html", "asset"))
    )
    return package(
        f'<manifest identifier="M" {NAMESPACES_12}><organizations/>'
        f"<resources>{things}</resources></manifest>"
    )


def one_file_missing() -> bytes:
    lines = (Line("SUM", "Sum", "R1"), Line("GONE", "Gone", "R2"), Line("LOST", "Lost", "R3"))
    things = (Thing("R1", "index.html", files=("none.png",)), Thing("R2", "gone.html"))
    return package(single(lines=lines, things=things))


def address_outside() -> bytes:
    lines = (Line("SUM", "Sum", "R1"), Line("OUT", "Out", "R2"), Line("UP", "Up", "R3"))
    things = (
        Thing("R1", "index.html"),
        Thing("R2", "https://elsewhere.example/"),
        Thing("R3", "../../etc/passwd"),
    )
    return package(single(lines=lines, things=things))


def repeated_identifiers() -> bytes:
    return package(single(lines=(Line("SUM", "Sum", "R1"), Line("SUM", "Again", "R1"))))


def unreadable_values() -> bytes:
    inside = (
        "<adlcp:masteryscore>much</adlcp:masteryscore>"
        "<adlcp:maxtimeallowed>an hour</adlcp:maxtimeallowed>"
        "<adlcp:timelimitaction>explode</adlcp:timelimitaction>"
        '<adlcp:prerequisites type="aicc_script">((A &amp;</adlcp:prerequisites>'
    )
    return package(single(lines=(Line("SUM", "Sum", "R1", inside=inside),)))


# Hostile ones.


def scripts_in_titles() -> bytes:
    """Titles and identifiers that would run if anybody put them into a page unescaped."""
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    return package(single(title=bad, lines=(Line('"><svg onload=alert(1)>', bad, "R1"),)))


def curious() -> bytes:
    """Its page tries to reach the site, its cookies and other sites, and says what it got."""
    return zipped({MANIFEST: single().xml(), "index.html": CURIOUS_HTML, "sco.js": SCO_JS})


def entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return package(f"<!DOCTYPE manifest [{entities}]><manifest><title>&a9;</title></manifest>")


def outer_entity() -> bytes:
    return package(
        '<!DOCTYPE manifest [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<manifest><title>&x;</title></manifest>"
    )


def broken_xml() -> bytes:
    return package(single().xml()[:-60])


def empty_manifest() -> bytes:
    return package("")


def not_a_manifest() -> bytes:
    return package("<html><body/></html>")


def no_manifest() -> bytes:
    return zipped({"index.html": sco()})


def too_deep() -> bytes:
    return package(single(), folder="a/b/")


def several_packages() -> bytes:
    return zipped({f"one/{MANIFEST}": single().xml(), f"two/{MANIFEST}": single().xml()})


def nothing_to_launch() -> bytes:
    return zipped({MANIFEST: single().xml(), "other.html": sco()})


def too_many_items() -> bytes:
    return package(single(lines=tuple(Line(f"I{n}", "I", "R1") for n in range(5001))))


def items_too_deep() -> bytes:
    line = Line("I", "I", "R1")
    for n in range(40):
        line = Line(f"I{n}", "I", children=(line,))
    return package(single(lines=(line,)))


GOOD: Mapping[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        one_sco_12,
        three_scos_12,
        one_sco_2004_3rd,
        one_sco_2004_4th,
        sequenced_2004,
    )
}
ODD: Mapping[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        no_default,
        unknown_default,
        wrong_case,
        upper_manifest,
        with_bom,
        utf_16,
        utf_16_only_in_name,
        windows_1251,
        windows_1251_undeclared,
        in_folder,
        in_folder_of_macos,
        with_bases,
        with_backslashes,
        no_namespaces,
        no_types,
        bare_ampersand,
        no_organization,
        one_file_missing,
        address_outside,
        repeated_identifiers,
        unreadable_values,
        scripts_in_titles,
        curious,
    )
}
REFUSED: Mapping[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        entity_bomb,
        outer_entity,
        broken_xml,
        empty_manifest,
        not_a_manifest,
        no_manifest,
        too_deep,
        several_packages,
        nothing_to_launch,
        too_many_items,
        items_too_deep,
    )
}
