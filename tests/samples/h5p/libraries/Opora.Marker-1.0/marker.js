/* An add-on: ==words== in a text are marked. */
(function () {
  const mark = (node) => {
    const parts = node.textContent.split(/==([^=]+)==/);
    if (parts.length < 3) return;
    node.replaceWith(...parts.map((part, at) => {
      if (at % 2 === 0) return part;
      const marked = document.createElement('mark');
      marked.textContent = part;
      return marked;
    }));
  };
  document.addEventListener('DOMContentLoaded', () => window.setTimeout(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    found.forEach(mark);
  }, 0));
}());
