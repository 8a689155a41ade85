/* One question with answers to tick: the smallest content type that reports and resumes. */
Opora.Choice = Opora.extend(Opora.Task, function (params, contentId, extras) {
  Opora.Task.call(this, params, contentId, extras);
  this.answers = this.params.answers || [];
  const chosen = this.previousState.chosen;
  this.chosen = Array.isArray(chosen) ? chosen.filter((index) => this.answers[index]) : [];
}, {
  render(root) {
    const question = Opora.element('div', 'opora-task__text');
    question.innerHTML = this.params.question || '';
    root.append(question);
    this.answers.forEach((answer, index) => {
      const label = Opora.element('label', 'opora-choice');
      const box = Opora.element('input', '', '', {type: 'checkbox'});
      box.checked = this.chosen.includes(index);
      box.addEventListener('change', () => {
        this.chosen = this.chosen.filter((one) => one !== index).concat(box.checked ? [index] : []);
        this.triggerXAPI('interacted');
      });
      label.append(box, Opora.element('span', '', Opora.plain(answer.text)));
      root.append(label);
    });
    this.result = Opora.element('p', 'opora-choice__result');
    root.append(this.button('opora-button--main', this.word('check'), () => this.check()), this.result);
  },

  check() {
    this.result.textContent = this.word('score', {score: this.getScore(), total: this.getMaxScore()});
    this.report();
    this.resized();
  },

  getScore() {
    const right = this.chosen.filter((index) => this.answers[index].correct).length;
    return Math.max(0, 2 * right - this.chosen.length);
  },

  getMaxScore() {
    return this.answers.filter((answer) => answer.correct).length;
  },

  getAnswerGiven() {
    return this.chosen.length > 0;
  },

  getCurrentState() {
    return {chosen: this.chosen};
  },

  xapiEvent() {
    return this.answered(this.createXAPIEventTemplate('answered'));
  },

  xapiDefinition() {
    const right = this.answers.flatMap((answer, index) => (answer.correct ? [index] : []));
    return {
      description: {'en-US': this.params.question},
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      interactionType: 'choice',
      choices: this.answers.map((answer, index) => ({id: String(index), description: {'en-US': answer.text}})),
      correctResponsesPattern: [right.join('[,]')],
    };
  },

  xapiResponse() {
    return [...this.chosen].sort().join('[,]');
  },
});
