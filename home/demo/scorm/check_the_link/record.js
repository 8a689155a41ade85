// The lesson's record in the learning system: finds the API object of SCORM 1.2 and speaks to it.
// Without one (the page is opened by itself) the lesson works and simply keeps nothing.
"use strict";

window.Record = (function () {
  var api = find(window) || (window.opener && find(window.opener));
  var startedAt = Date.now();
  var isOpen = false;

  function find(from) {
    for (var frame = from, up = 0; frame && up < 500; frame = frame.parent, up += 1) {
      try {
        if (frame.API) return frame.API;
      } catch (error) {
        return null; // A frame of another origin: there is nothing for us there.
      }
      if (frame.parent === frame) break;
    }
    return null;
  }

  function get(name) {
    return isOpen ? String(api.LMSGetValue(name) || "") : "";
  }

  function set(name, value) {
    if (isOpen) api.LMSSetValue(name, String(value));
  }

  function span() {
    var seconds = Math.round((Date.now() - startedAt) / 1000);
    var parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return parts.map(function (part) { return String(part).padStart(2, "0"); }).join(":");
  }

  function latency(milliseconds) {
    var seconds = Math.min(Math.round(milliseconds / 1000), 3599);
    return "00:" + String(Math.floor(seconds / 60)).padStart(2, "0") +
      ":" + String(seconds % 60).padStart(2, "0");
  }

  return {
    // What was kept the last time, or null.
    open: function () {
      isOpen = Boolean(api) && String(api.LMSInitialize("")) === "true";
      var status = get("cmi.core.lesson_status");
      if (status === "not attempted" || status === "") set("cmi.core.lesson_status", "incomplete");
      try {
        return JSON.parse(get("cmi.suspend_data") || "null");
      } catch (error) {
        return null;
      }
    },

    keep: function (state, place) {
      set("cmi.suspend_data", JSON.stringify(state));
      set("cmi.core.lesson_location", place);
      set("cmi.core.session_time", span());
      if (isOpen) api.LMSCommit("");
    },

    answer: function (card, response, right, isRight, milliseconds) {
      var row = "cmi.interactions." + (get("cmi.interactions._count") || "0") + ".";
      set(row + "id", card);
      set(row + "type", "fill-in");
      set(row + "correct_responses.0.pattern", right);
      set(row + "student_response", response);
      set(row + "result", isRight ? "correct" : "wrong");
      set(row + "weighting", "1");
      set(row + "latency", latency(milliseconds));
    },

    finish: function (score, isPassed) {
      set("cmi.core.score.min", "0");
      set("cmi.core.score.max", "100");
      set("cmi.core.score.raw", score);
      set("cmi.core.lesson_status", isPassed ? "passed" : "failed");
    },

    close: function (isFinished) {
      if (!isOpen) return;
      set("cmi.core.session_time", span());
      set("cmi.core.exit", isFinished ? "" : "suspend");
      api.LMSFinish("");
      isOpen = false;
    }
  };
})();
