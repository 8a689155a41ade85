/* A passphrase out of word cards; every rule it meets is a point. */
Opora.PasswordBuilder = Opora.extend(Opora.Task, function (params, contentId, extras) {
  Opora.Task.call(this, params, contentId, extras);
  const behaviour = this.params.behaviour || {};
  const rules = this.params.rules || {};
  this.cards = (this.params.cards || []).map((card, index) => ({
    index,
    text: Opora.plain(card.text),
    kind: ['sign', 'personal', 'common'].includes(card.kind) ? card.kind : 'word',
    theme: Opora.plain(card.theme).trim().toLowerCase(),
    explanation: Opora.plain(card.explanation),
  }));
  this.limits = {words: rules.words || 4, length: rules.length || 16};
  this.needsSign = rules.needsSign !== false;
  this.canRetry = behaviour.enableRetry !== false;
  this.shuffles = behaviour.shuffle !== false;
  this.restore(this.previousState);
}, {
  /** State is {order: [card], chosen: [card], checked}. Odd values of it are left aside. */
  restore(state) {
    const all = this.cards.map((card) => card.index);
    const saved = Array.isArray(state.order) ? state.order : [];
    const isWhole = saved.length === all.length && all.every((index) => saved.includes(index));
    this.order = isWhole ? saved : this.mixed(all);
    const chosen = Array.isArray(state.chosen) ? state.chosen : [];
    this.chosen = [...new Set(chosen)].filter((index) => all.includes(index));
    this.checked = state.checked === true && this.chosen.length > 0;
  },

  mixed(indexes) {
    const mixed = indexes.slice();
    for (let at = mixed.length - 1; this.shuffles && at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
    }
    return mixed;
  },

  picked(kind) {
    return this.chosen.map((index) => this.cards[index]).filter((card) => !kind || card.kind === kind);
  },

  password() {
    return this.picked().map((card) => card.text).join('');
  },

  /** Each rule with whether it is met; an empty password meets none. */
  rules() {
    const words = this.picked('word');
    const themes = words.map((card) => card.theme).filter(Boolean);
    const isStarted = this.chosen.length > 0;
    const found = [
      {text: this.word('ruleWords', {count: this.limits.words}), met: words.length >= this.limits.words},
      {text: this.word('ruleLength', {count: this.limits.length}), met: [...this.password()].length >= this.limits.length},
      {text: this.word('ruleThemes'), met: words.length > 1 && new Set(themes).size === themes.length},
      {text: this.word('rulePersonal'), met: isStarted && !this.picked('personal').length},
      {text: this.word('ruleCommon'), met: isStarted && !this.picked('common').length},
    ];
    if (this.needsSign) {
      found.splice(2, 0, {text: this.word('ruleSign'), met: this.picked('sign').length > 0});
    }
    return found;
  },

  render(root) {
    const task = Opora.element('div', 'opora-task__text');
    task.innerHTML = this.params.task || '';
    this.help = Opora.element('p', 'opora-password__help', this.word('help'));
    this.line = Opora.element('div', 'opora-password__line', '', {role: 'group', 'aria-label': this.word('password')});
    this.deck = Opora.element('div', 'opora-password__deck', '', {role: 'group', 'aria-label': this.word('deck')});
    this.list = Opora.element('ul', 'opora-password__rules');
    this.result = Opora.element('div', 'opora-password__result');
    const title = Opora.element('p', 'opora-password__title', this.word('password'), {'aria-hidden': 'true'});
    root.append(task, this.help, title, this.line, this.list, this.deck, this.result);
    this.draw();
  },

  draw(focused) {
    this.help.hidden = this.checked;
    this.deck.hidden = this.checked;
    const inLine = this.chosen.map((index) => this.cardElement(this.cards[index]));
    const empty = Opora.element('p', 'opora-password__empty', this.word('empty'));
    this.line.replaceChildren(...(inLine.length ? inLine : [empty]));
    const waiting = this.order.filter((index) => !this.chosen.includes(index));
    this.deck.replaceChildren(...waiting.map((index) => this.cardElement(this.cards[index])));
    this.list.replaceChildren(...this.rules().map((rule) => this.ruleElement(rule)));
    this.drawResult();
    const target = focused && this.root && this.root.querySelector(focused);
    if (target) target.focus();
    this.resized();
  },

  cardElement(card) {
    if (!this.checked) {
      const isIn = this.chosen.includes(card.index);
      const button = Opora.element('button', 'opora-word', card.text, {
        type: 'button', 'data-card': card.index, 'aria-pressed': String(isIn),
      });
      button.addEventListener('click', () => this.toggle(card));
      return button;
    }
    const isTrap = card.kind === 'personal' || card.kind === 'common';
    return Opora.element('span', `opora-word${isTrap ? ' opora-word--trap' : ''}`, card.text);
  },

  ruleElement(rule) {
    const element = Opora.element('li', `opora-rule${rule.met ? ' opora-rule--met' : ''}`);
    const said = rule.met ? this.word('met') : this.word('broken');
    element.append(
      Opora.element('span', 'opora-rule__mark', rule.met ? '✓' : '○', {'aria-hidden': 'true'}),
      Opora.element('span', '', rule.text),
      Opora.element('span', 'opora-task__live', ` — ${said}`),
    );
    return element;
  },

  toggle(card) {
    const isIn = this.chosen.includes(card.index);
    this.chosen = isIn
      ? this.chosen.filter((index) => index !== card.index)
      : [...this.chosen, card.index];
    const met = this.word('score', {score: this.getScore(), total: this.getMaxScore()});
    this.say(`${this.word(isIn ? 'removed' : 'added', {card: card.text})} ${met}`);
    this.draw(`[data-card="${card.index}"]`);
    this.triggerXAPI('interacted');
  },

  drawResult() {
    this.result.replaceChildren();
    const buttons = Opora.element('div', 'opora-buttons');
    if (this.checked) {
      const isStrong = this.getScore() === this.getMaxScore();
      this.result.append(this.scoreBar());
      this.result.append(Opora.element('p', 'opora-password__verdict', this.word(isStrong ? 'strong' : 'weak')));
      const traps = [...this.picked('personal'), ...this.picked('common')].filter((card) => card.explanation);
      traps.forEach((card) => {
        this.result.append(Opora.element('p', 'opora-password__why', `«${card.text}»: ${card.explanation}`));
      });
      if (this.canRetry) buttons.append(this.button('opora-password__retry', this.word('retry'), () => this.resetTask()));
    } else {
      const check = this.button('opora-button--main opora-password__check', this.word('check'), () => this.check());
      check.disabled = !this.chosen.length;
      buttons.append(check);
    }
    this.result.append(buttons);
  },

  check() {
    this.checked = true;
    this.draw('.opora-password__retry');
    this.say(this.word('score', {score: this.getScore(), total: this.getMaxScore()}));
    this.report();
  },

  resetTask() {
    this.restore({});
    if (this.root) this.draw(`[data-card="${this.order[0]}"]`);
  },

  /** There are many strong passwords, so none of them is shown as the right one. */
  showSolutions() {
    this.checked = this.chosen.length > 0;
    this.draw();
  },

  getScore() {
    return this.rules().filter((rule) => rule.met).length;
  },

  getMaxScore() {
    return this.rules().length;
  },

  getAnswerGiven() {
    return this.chosen.length > 0;
  },

  getCurrentState() {
    return {order: this.order, chosen: this.chosen, checked: this.checked};
  },

  xapiEvent() {
    return this.answered(this.createXAPIEventTemplate('answered'));
  },

  xapiDefinition() {
    return {
      description: {'en-US': Opora.plain(this.params.task)},
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      interactionType: 'choice',
      choices: this.cards.map((card) => ({id: `card-${card.index}`, description: {'en-US': card.text}})),
    };
  },

  xapiResponse() {
    return this.chosen.map((index) => `card-${index}`).join('[,]');
  },
});
