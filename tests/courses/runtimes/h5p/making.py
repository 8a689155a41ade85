"""Makes H5P packages of tiny content types, good ones and bad ones, in memory."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from courses.runtimes.packages.rules import Archive

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

BASE_SCRIPT = """
"use strict";
var Made = Made || {};
Made.address = document.currentScript.src;
Made.element = function (tag, text) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  return element;
};
"""

BROKEN_SCRIPT = "throw new Error('this library is broken, the others are not');"

CHOICE_SCRIPT = """
var Made = Made || {};
leakedBySloppyScript = true;
Made.Choice = (function () {
  function Choice(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params;
    this.contentId = contentId;
    this.chosen = extras && extras.previousState ? extras.previousState.chosen : null;
    this.isChecked = false;
  }
  Choice.prototype = Object.create(H5P.EventDispatcher.prototype);
  Choice.prototype.constructor = Choice;

  Choice.prototype.attach = function ($container) {
    const self = this;
    this.inputs = [];
    const group = Made.element("fieldset");
    const legend = Made.element("legend");
    legend.innerHTML = this.params.question;
    group.append(legend);
    this.params.answers.forEach(function (answer, place) {
      const line = Made.element("label", answer);
      const input = Made.element("input");
      input.type = "radio";
      input.name = "answer";
      input.checked = self.chosen === place;
      input.addEventListener("change", function () {
        self.chosen = place;
        self.triggerXAPI("interacted");
      });
      self.inputs.push(input);
      line.prepend(input);
      group.append(line);
    });
    this.said = Made.element("output");
    const check = Made.element("button", "Check");
    check.addEventListener("click", function () { self.check(); });
    const retry = Made.element("button", "Try again");
    retry.addEventListener("click", function () { self.clear(); });
    if (this.params.picture) {
      const picture = Made.element("img");
      picture.alt = "";
      picture.src = H5P.getPath(this.params.picture.path, this.contentId);
      group.append(picture);
    }
    const badge = Made.element("img");
    badge.alt = "";
    badge.src = H5P.getLibraryPath("Made.Base-1.0") + "/images/dot.png";
    group.append(badge);
    $container.addClass("made-choice").append(group, check, retry, this.said);
    this.setActivityStarted();
    this.trigger("resize");
  };

  Choice.prototype.clear = function () {
    this.chosen = null;
    this.isChecked = false;
    this.said.textContent = "";
    this.inputs.forEach(function (input) { input.checked = false; });
  };
  Choice.prototype.check = function () {
    if (this.chosen === null) return;
    this.isChecked = true;
    this.said.textContent = this.getScore() ? "Right" : "Wrong";
    const event = this.event("answered");
    this.trigger(event);
    this.triggerXAPICompleted(this.getScore(), 1, this.getScore() === 1);
    if (this.getScore()) this.triggerXAPIScored(1, 1, "passed", true, true);
    this.triggerXAPI("mastered-nothing");
  };
  Choice.prototype.event = function (verb) {
    const event = this.createXAPIEventTemplate(verb);
    event.data.statement.object.definition = Object.assign(
      event.data.statement.object.definition || {},
      {
        description: { "en-US": this.params.question },
        type: "http://adlnet.gov/expapi/activities/cmi.interaction",
        interactionType: "choice",
        correctResponsesPattern: [String(this.params.right)],
        choices: this.params.answers.map(function (answer, place) {
          return { id: String(place), description: { "en-US": answer } };
        }),
      }
    );
    event.setScoredResult(this.getScore(), 1, this, true, this.getScore() === 1);
    event.data.statement.result.response = this.chosen === null ? "" : String(this.chosen);
    return event;
  };
  Choice.prototype.getAnswerGiven = function () { return this.chosen !== null; };
  Choice.prototype.getScore = function () {
    return this.isChecked && this.chosen === this.params.right ? 1 : 0;
  };
  Choice.prototype.getMaxScore = function () { return 1; };
  Choice.prototype.getXAPIData = function () {
    return { statement: this.event("answered").data.statement };
  };
  Choice.prototype.getCurrentState = function () {
    return this.chosen === null ? {} : { chosen: this.chosen };
  };
  return Choice;
})();
"""

SEMANTICS: list[dict[str, Any]] = [
    {"name": "question", "type": "text", "tags": ["strong", "em"], "label": "Question"},
    {
        "name": "answers",
        "type": "list",
        "label": "Answers",
        "min": 2,
        "max": 6,
        "field": {"name": "answer", "type": "text", "label": "Answer"},
    },
    {"name": "right", "type": "number", "label": "Right", "min": 0, "max": 5, "default": 0},
    {"name": "picture", "type": "image", "label": "Picture", "optional": True},
]

PARAMS = {
    "question": "<strong>Which</strong> is a bridge?",
    "answers": ["Ford", "Arch"],
    "right": 1,
}


def manifest(name: str, version: str, **more: Any) -> dict[str, Any]:
    """``library.json`` of ``name`` with its ``version``, such as ``"1.0.2"``."""
    major, minor, patch = map(int, version.split("."))
    return {
        "title": name.replace(".", " "),
        "machineName": name,
        "majorVersion": major,
        "minorVersion": minor,
        "patchVersion": patch,
        "runnable": 0,
        **more,
    }


def needs(*names: str) -> list[dict[str, Any]]:
    """``needs("Made.Base 1.0")``: a list of dependencies."""
    found = []
    for name in names:
        machine_name, version = name.split()
        major, minor = map(int, version.split("."))
        found.append({"machineName": machine_name, "majorVersion": major, "minorVersion": minor})
    return found


def base_library(version: str = "1.0.1", script: str = BASE_SCRIPT) -> dict[str, Any]:
    """A library that others stand on."""
    css = '.made-choice { background: url("../images/dot.png") } /* left open'
    return {
        "Made.Base-1.0/library.json": manifest(
            "Made.Base",
            version,
            preloadedJs=[{"path": "js/base.js"}],
            preloadedCss=[{"path": "css/base.css"}],
        ),
        "Made.Base-1.0/js/base.js": script,
        "Made.Base-1.0/css/base.css": css,
        "Made.Base-1.0/images/dot.png": PIXEL,
    }


def choice_library(version: str = "1.0.0", script: str = CHOICE_SCRIPT) -> dict[str, Any]:
    """A question with one right answer, on the base library."""
    return {
        "Made.Choice-1.0/library.json": manifest(
            "Made.Choice",
            version,
            runnable=1,
            preloadedJs=[{"path": "choice.js"}],
            preloadedCss=[{"path": "choice.css"}],
            preloadedDependencies=needs("Made.Base 1.0"),
        ),
        "Made.Choice-1.0/semantics.json": SEMANTICS,
        "Made.Choice-1.0/choice.js": script,
        "Made.Choice-1.0/choice.css": ".made-choice label { display: block; padding: 0.75rem }",
    }


def content(params: Any = None, **h5p: Any) -> dict[str, Any]:
    """The content itself, without the libraries that it needs."""
    return {
        "h5p.json": {
            "title": "Bridges",
            "language": "en",
            "mainLibrary": "Made.Choice",
            "embedTypes": ["iframe"],
            "license": "CC BY",
            "preloadedDependencies": needs("Made.Choice 1.0", "Made.Base 1.0"),
            **h5p,
        },
        "content/content.json": PARAMS if params is None else params,
    }


def choice_package(params: Any = None, **files: Any) -> dict[str, Any]:
    """A whole package: one question with all that it needs."""
    return {**content(params), **choice_library(), **base_library(), **files}


def packed(files: Mapping[str, Any]) -> bytes:
    """The archive of files given as bytes, text, or values for JSON."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            text = value if isinstance(value, str | bytes) else json.dumps(value)
            archive.writestr(name, text)
    return out.getvalue()


def archive_of(files: Mapping[str, Any]) -> Archive:
    """The same as an archive that has passed the checks of any ZIP."""
    return Archive(io.BytesIO(packed(files)))
