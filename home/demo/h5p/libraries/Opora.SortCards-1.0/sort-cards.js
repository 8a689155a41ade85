/* Cards into boxes: press a card and a box, or drag; all of it by keyboard too. */
Opora.SortCards = Opora.extend(Opora.Task, function (params, contentId, extras) {
  Opora.Task.call(this, params, contentId, extras);
  const behaviour = this.params.behaviour || {};
  this.boxes = (this.params.boxes || []).map((box) => ({
    title: Opora.plain(box.title),
    colour: ['green', 'red', 'amber'].includes(box.colour) ? box.colour : 'blue',
  }));
  this.cards = (this.params.cards || []).map((card, index) => ({
    index,
    text: Opora.plain(card.text),
    explanation: Opora.plain(card.explanation),
    right: Math.min(Math.max(1, card.box || 1), this.boxes.length || 1) - 1,
  }));
  this.canRetry = behaviour.enableRetry !== false;
  this.shuffles = behaviour.shuffle !== false;
  this.restore(this.previousState);
}, {
  /** State is {order: [card], places: {card: box}, checked}. Odd values of it are left aside. */
  restore(state) {
    const all = this.cards.map((card) => card.index);
    const saved = Array.isArray(state.order) ? state.order : [];
    const isWhole = saved.length === all.length && all.every((index) => saved.includes(index));
    this.order = isWhole ? saved : this.mixed(all);
    this.places = {};
    Object.entries(state.places || {}).forEach(([card, box]) => {
      if (this.cards[card] && this.boxes[box]) this.places[card] = box;
    });
    this.checked = state.checked === true && this.isComplete();
    this.chosen = null;
  },

  mixed(indexes) {
    const mixed = indexes.slice();
    for (let at = mixed.length - 1; this.shuffles && at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
    }
    return mixed;
  },

  isComplete() {
    return this.cards.every((card) => card.index in this.places);
  },

  render(root) {
    const task = Opora.element('div', 'opora-task__text');
    task.innerHTML = this.params.task || '';
    this.help = Opora.element('p', 'opora-sort__help', this.word('help'));
    this.deck = Opora.element('div', 'opora-sort__deck', '', {role: 'group', 'aria-label': this.word('deck')});
    this.shelf = Opora.element('div', 'opora-sort__boxes');
    this.result = Opora.element('div', 'opora-sort__result');
    root.append(task, this.help, this.deck, this.shelf, this.result);
    this.draw();
  },

  /** Everything anew, with the focus where it was. */
  draw(focused) {
    this.help.hidden = this.checked;
    this.deck.replaceChildren();
    const waiting = this.order.filter((index) => !(index in this.places));
    waiting.forEach((index) => {
      this.deck.append(this.cardElement(index));
      if (index === this.chosen) this.deck.append(this.choicesElement());
    });
    this.deck.hidden = this.checked;
    if (!waiting.length) this.deck.append(Opora.element('p', 'opora-sort__empty', this.word('emptyDeck')));
    this.shelf.replaceChildren(...this.boxes.map((box, index) => this.boxElement(box, index)));
    this.drawResult();
    const target = focused && this.root && this.root.querySelector(focused);
    if (target) target.focus();
    this.resized();
  },

  boxElement(box, index) {
    const element = Opora.element('section', `opora-box opora-box--${box.colour}`, '', {'data-box': index, 'aria-label': box.title});
    element.append(Opora.element('h3', 'opora-box__title', box.title));
    const inside = this.order.filter((card) => this.places[card] === index);
    inside.forEach((card) => {
      element.append(this.cardElement(card));
      if (card === this.chosen) element.append(this.choicesElement());
    });
    if (!inside.length) element.append(Opora.element('p', 'opora-sort__empty', this.word('emptyBox')));
    if (!this.checked) {
      const put = this.button('opora-box__put', this.word('put'), () => this.put(this.chosen, index));
      put.disabled = this.chosen === null;
      put.setAttribute('aria-label', `${this.word('put')}: ${box.title}`);
      element.append(put);
      element.addEventListener('click', (event) => {
        if (!event.target.closest('button')) this.put(this.chosen, index);
      });
    }
    return element;
  },

  /** The boxes as buttons beside the chosen card, for screens too small to show both. */
  choicesElement() {
    const element = Opora.element('div', 'opora-sort__choices');
    this.boxes.forEach((box, index) => {
      const name = `opora-sort__choice opora-box--${box.colour}`;
      element.append(this.button(name, box.title, () => this.put(this.chosen, index)));
    });
    return element;
  },

  cardElement(index) {
    const card = this.cards[index];
    if (this.checked) return this.checkedCard(card);
    const element = Opora.element('button', 'opora-card', card.text, {
      type: 'button', 'data-card': index, 'aria-pressed': String(this.chosen === index),
    });
    element.addEventListener('click', () => this.choose(index));
    element.addEventListener('keydown', (event) => {
      const box = Number(event.key) - 1;
      if (event.key === 'Escape') this.choose(null);
      else if (this.boxes[box]) this.put(index, box);
    });
    element.addEventListener('pointerdown', (event) => this.drag(event, element, index));
    return element;
  },

  checkedCard(card) {
    const isRight = this.places[card.index] === card.right;
    const element = Opora.element('div', `opora-card opora-card--${isRight ? 'right' : 'wrong'}`);
    const box = this.boxes[card.right].title;
    const verdict = isRight ? this.word('right') : this.word('wrong', {box});
    element.append(
      Opora.element('p', 'opora-card__text', card.text),
      Opora.element('p', 'opora-card__verdict', `${isRight ? '✓' : '✗'} ${verdict}`),
    );
    if (card.explanation) element.append(Opora.element('p', 'opora-card__why', card.explanation));
    return element;
  },

  choose(index) {
    if (this.wasDragged) return;
    this.chosen = this.chosen === index ? null : index;
    if (this.chosen !== null) this.say(this.word('taken', {card: this.cards[index].text}));
    this.draw(index === null ? null : `[data-card="${index}"]`);
  },

  put(index, box) {
    if (index === null || this.checked) return;
    this.places[index] = box;
    this.chosen = null;
    this.say(this.word('placed', {card: this.cards[index].text, box: this.boxes[box].title}));
    const next = this.order.find((card) => !(card in this.places));
    this.draw(next === undefined ? '.opora-sort__check' : `[data-card="${next}"]`);
    this.triggerXAPI('interacted');
  },

  /** Drag with a finger, a pen or a mouse; a short press stays a press. */
  drag(event, element, index) {
    if (event.button !== 0) return;
    const from = {x: event.clientX, y: event.clientY};
    this.wasDragged = false;
    element.setPointerCapture(event.pointerId);
    const over = (point) => {
      const below = document.elementsFromPoint(point.clientX, point.clientY);
      const box = below.filter((one) => one !== element).map((one) => one.closest('.opora-box')).find(Boolean);
      return box ? Number(box.dataset.box) : null;
    };
    const move = (point) => {
      const x = point.clientX - from.x;
      const y = point.clientY - from.y;
      if (!this.wasDragged && Math.hypot(x, y) < 8) return;
      this.wasDragged = true;
      element.classList.add('opora-card--dragged');
      element.style.transform = `translate(${x}px, ${y}px)`;
      const target = over(point);
      this.shelf.querySelectorAll('.opora-box').forEach((box) => {
        box.classList.toggle('opora-box--target', Number(box.dataset.box) === target);
      });
    };
    const stop = (point) => {
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', stop);
      element.removeEventListener('pointercancel', stop);
      if (!this.wasDragged) return;
      const target = point.type === 'pointerup' ? over(point) : null;
      window.setTimeout(() => { this.wasDragged = false; }, 0);
      if (target === null) this.draw(`[data-card="${index}"]`);
      else this.put(index, target);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', stop);
    element.addEventListener('pointercancel', stop);
  },

  drawResult() {
    this.result.replaceChildren();
    const buttons = Opora.element('div', 'opora-buttons');
    if (this.checked) {
      this.result.append(this.scoreBar());
      if (this.canRetry) buttons.append(this.button('opora-sort__retry', this.word('retry'), () => this.resetTask()));
    } else {
      const check = this.button('opora-button--main opora-sort__check', this.word('check'), () => this.check());
      check.disabled = !this.isComplete();
      buttons.append(check);
    }
    this.result.append(buttons);
  },

  check() {
    this.checked = true;
    this.draw('.opora-sort__retry');
    this.say(this.word('score', {score: this.getScore(), total: this.getMaxScore()}));
    this.report();
  },

  resetTask() {
    this.restore({});
    if (this.root) this.draw(`[data-card="${this.order[0]}"]`);
  },

  showSolutions() {
    this.cards.forEach((card) => { this.places[card.index] = card.right; });
    this.checked = true;
    this.draw();
  },

  getScore() {
    return this.cards.filter((card) => this.places[card.index] === card.right).length;
  },

  getMaxScore() {
    return this.cards.length;
  },

  getAnswerGiven() {
    return Object.keys(this.places).length > 0;
  },

  getCurrentState() {
    return {order: this.order, places: this.places, checked: this.checked};
  },

  xapiEvent() {
    return this.answered(this.createXAPIEventTemplate('answered'));
  },

  xapiDefinition() {
    const named = (kind) => (one, index) => ({id: `${kind}-${index}`, description: {'en-US': one.text || one.title}});
    return {
      description: {'en-US': Opora.plain(this.params.task)},
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      interactionType: 'matching',
      source: this.cards.map(named('card')),
      target: this.boxes.map(named('box')),
      correctResponsesPattern: [this.pairs((card) => card.right)],
    };
  },

  xapiResponse() {
    return this.pairs((card) => this.places[card.index]);
  },

  pairs(boxOf) {
    return this.cards
      .filter((card) => boxOf(card) !== undefined)
      .map((card) => `card-${card.index}[.]box-${boxOf(card)}`)
      .join('[,]');
  },
});
