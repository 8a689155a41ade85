/* What the tasks share: a place on the page, words aloud, results, state. */
window.Opora = window.Opora || {};

/** Text as it is read: content holds plain texts with their entities escaped. */
Opora.plain = function (text) {
  return new DOMParser().parseFromString(String(text || ''), 'text/html').body.textContent;
};

/** An element with a class, a text and attributes; attributes that are null are left out. */
Opora.element = function (tag, className, text, attributes) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  Object.entries(attributes || {}).forEach(([name, value]) => {
    if (value !== null) element.setAttribute(name, value);
  });
  return element;
};

/** `template` with each @name replaced. */
Opora.fill = function (template, values) {
  return Opora.plain(template).replace(/@([a-z]+)/g, (whole, name) => (
    name in values ? String(values[name]) : whole
  ));
};

/**
 * A constructor that inherits from `parent`. Functions, not classes: core mixes its own methods into
 * the prototype, for which they have to be enumerable.
 */
Opora.extend = function (parent, constructor, methods) {
  constructor.prototype = Object.assign(Object.create(parent.prototype), {constructor}, methods);
  return constructor;
};

/**
 * A task with one answer. A child gives:
 *   render(root)        draws the task
 *   getScore(), getMaxScore(), getAnswerGiven()
 *   xapiEvent()         this.answered(this.createXAPIEventTemplate('answered'))
 *   xapiDefinition()    interactionType, choices and the like
 *   xapiResponse()      the answer as xAPI writes it
 *   getCurrentState()   what to save; `this.previousState` is what was saved
 */
Opora.Task = Opora.extend(H5P.EventDispatcher, function (params, contentId, extras) {
  H5P.EventDispatcher.call(this);
  this.params = params || {};
  this.contentId = contentId;
  this.extras = extras || {};
  this.words = this.params.l10n || {};
  const state = this.extras.previousState;
  this.previousState = state && typeof state === 'object' ? state : {};
}, {
  attach($container) {
    this.root = Opora.element('div', 'opora-task');
    this.live = Opora.element('div', 'opora-task__live', '', {'aria-live': 'polite'});
    this.render(this.root);
    this.root.append(this.live);
    $container.empty().addClass('opora').append(this.root);
    this.setActivityStarted();
    this.resized();
  },

  /** A word of the interface, as the author has set it. */
  word(name, values) {
    return Opora.fill(this.words[name], values || {});
  },

  /** Say `text` to those who listen. */
  say(text) {
    this.live.textContent = '';
    window.setTimeout(() => { this.live.textContent = text; }, 50);
  },

  /** Tell the page that the height has changed. */
  resized() {
    this.trigger('resize');
  },

  button(className, text, act) {
    const button = Opora.element('button', `opora-button ${className}`, text, {type: 'button'});
    button.addEventListener('click', act);
    return button;
  },

  /** The result in words, with the part of the scale that is full. */
  scoreBar() {
    const score = this.getScore();
    const total = this.getMaxScore();
    const bar = Opora.element('div', 'opora-score');
    const scale = Opora.element('div', 'opora-score__scale', '', {'aria-hidden': 'true'});
    const full = Opora.element('div', 'opora-score__full');
    full.style.width = `${total ? (100 * score) / total : 0}%`;
    scale.append(full);
    const text = Opora.element('p', 'opora-score__text', this.word('score', {score, total}));
    bar.append(text, scale);
    return bar;
  },

  getTitle() {
    const metadata = this.extras.metadata || {};
    return H5P.createTitle(metadata.title || '');
  },

  /** Tell the result; once for each time the learner asks to check. */
  report() {
    this.trigger(this.xapiEvent());
  },

  getXAPIData() {
    return {statement: this.xapiEvent().data.statement};
  },

  /** `event`, an empty statement, with the question, the score and the answer. */
  answered(event) {
    Object.assign(event.data.statement.object.definition, this.xapiDefinition());
    const score = this.getScore();
    const total = this.getMaxScore();
    event.setScoredResult(score, total, this, true, score === total);
    event.data.statement.result.response = this.xapiResponse();
    return event;
  },
});
