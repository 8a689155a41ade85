// The lesson: one card at a time, an explanation after every answer, the result at the end.
"use strict";

(function () {
  var CARDS = window.CARDS;
  var PASS = 70; // per cent, as in imsmanifest.xml
  var NAMES = { open: "Можно открыть", leave: "Лучше не открывать" };
  var state = { answers: [] }; // "open" or "leave" for every card answered
  var shownAt = 0;

  function the(id) { return document.getElementById(id); }

  function show(name) {
    ["start", "card", "result"].forEach(function (each) { the(each).hidden = each !== name; });
    the("top").hidden = name !== "card";
    window.scrollTo(0, 0);
    the(name).querySelector("h1").focus();
  }

  function isRight(number) { return state.answers[number] === CARDS[number].right; }

  function rightOnes() {
    return state.answers.filter(function (answer, number) { return isRight(number); }).length;
  }

  // The address with its owner marked, so that it can be seen where it stands.
  function writeAddress(place, card, isMarked) {
    var at = card.address.lastIndexOf(card.owner);
    var owner = document.createElement(isMarked ? "mark" : "span");
    owner.textContent = card.owner;
    place.replaceChildren(card.address.slice(0, at), owner,
      card.address.slice(at + card.owner.length));
  }

  function showCard(number, greeting) {
    var card = CARDS[number];
    the("where").textContent = (greeting || "") + "Карточка " + (number + 1) + " из " + CARDS.length;
    the("bar").style.width = (100 * number / CARDS.length) + "%";
    the("story").textContent = card.story;
    the("details").textContent = card.details;
    writeAddress(the("address"), card, false);
    the("choices").hidden = false;
    the("feedback").replaceChildren();
    the("feedback").className = "";
    the("next").hidden = true;
    shownAt = Date.now();
    show("card");
  }

  function choose(choice) {
    var number = state.answers.length;
    var card = CARDS[number];
    state.answers.push(choice);
    var good = isRight(number);
    window.Record.answer(card.id, NAMES[choice], NAMES[card.right], good, Date.now() - shownAt);
    var isLast = state.answers.length === CARDS.length;
    if (isLast) window.Record.finish(score(), score() >= PASS);
    window.Record.keep(state, state.answers.length);

    writeAddress(the("address"), card, true);
    the("choices").hidden = true;
    the("bar").style.width = (100 * state.answers.length / CARDS.length) + "%";
    var verdict = document.createElement("h2");
    verdict.textContent = good ? "✓ Верно" : "✗ Не совсем";
    var why = document.createElement("p");
    why.textContent = (good ? "" : NAMES[card.right] + ". ") + card.why;
    the("feedback").replaceChildren(verdict, why);
    the("feedback").className = good ? "good" : "bad";
    the("next").textContent = isLast ? "Посмотреть результат" : "Дальше";
    the("next").hidden = false;
    the("next").focus({ preventScroll: true });
    the("next").scrollIntoView({ block: "nearest" });
  }

  function score() { return Math.round(10000 * rightOnes() / CARDS.length) / 100; }

  function showResult() {
    var isPassed = score() >= PASS;
    the("result").querySelector("h1").textContent = isPassed
      ? "Получилось! Тебя не обмануть"
      : "Хорошее начало. Попробуй ещё раз";
    the("score").textContent = "Верных ответов: " + rightOnes() + " из " + CARDS.length + "." +
      (isPassed ? "" : " Чтобы пройти урок, нужно 6. Прочитай объяснения и пройди карточки снова.");
    the("answers").replaceChildren.apply(the("answers"), CARDS.map(function (card, number) {
      var line = document.createElement("li");
      var mark = document.createElement("b");
      var address = document.createElement("span");
      mark.textContent = isRight(number) ? "✓ верно" : "✗ ошибка";
      mark.className = isRight(number) ? "good" : "bad";
      address.className = "address";
      writeAddress(address, card, true);
      line.append(mark, " – " + NAMES[card.right].toLowerCase(), address);
      return line;
    }));
    show("result");
  }

  function goOn() {
    if (state.answers.length === CARDS.length) showResult();
    else showCard(state.answers.length);
  }

  function isUsable(kept) {
    return kept && Array.isArray(kept.answers) && kept.answers.length <= CARDS.length &&
      kept.answers.every(function (answer) { return answer in NAMES; });
  }

  the("begin").addEventListener("click", function () { showCard(0); });
  the("next").addEventListener("click", goOn);
  the("again").addEventListener("click", function () {
    state = { answers: [] };
    window.Record.keep(state, 0);
    showCard(0);
  });
  the("choices").addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (button) choose(button.dataset.choice);
  });
  // Keys 1 and 2 for those who do not use a mouse; Tab and Enter work as everywhere.
  document.addEventListener("keydown", function (event) {
    var isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    var choice = { 1: "open", 2: "leave" }[event.key];
    if (isPlain && choice && !the("card").hidden && !the("choices").hidden) choose(choice);
  });
  window.addEventListener("pagehide", function () {
    window.Record.close(state.answers.length === CARDS.length);
  });

  // A page that the browser kept and shows again has said goodbye already: begin it anew.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) window.location.reload();
  });

  var kept = window.Record.open();
  if (isUsable(kept)) state = { answers: kept.answers };
  if (state.answers.length === CARDS.length) showResult();
  else if (state.answers.length) showCard(state.answers.length, "С возвращением! ");
  else show("start");
})();
