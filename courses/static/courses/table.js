// Arrow keys, Home and End walk over the cells of a table of links; Tab enters it once.

for (const sheet of document.querySelectorAll(".sheet")) {
  const rows = [...sheet.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td a")]);
  const first = rows[0]?.[0];
  if (!first) continue;
  let current = first;
  first.tabIndex = 0;

  const place = () => {
    const row = rows.findIndex((cells) => cells.includes(current));
    return [row, rows[row].indexOf(current)];
  };

  const enter = (cell) => {
    if (!cell) return;
    current.tabIndex = -1;
    current = cell;
    current.tabIndex = 0;
    current.focus();
  };

  sheet.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td a");
    if (cell && cell !== current) enter(cell);
  });

  sheet.addEventListener("keydown", (event) => {
    if (!event.target.closest("td a")) return;
    const [row, column] = place();
    const moves = {
      ArrowRight: () => rows[row][column + 1],
      ArrowLeft: () => rows[row][column - 1],
      ArrowDown: () => rows[row + 1]?.[column],
      ArrowUp: () => rows[row - 1]?.[column],
      Home: () => rows[row][0],
      End: () => rows[row].at(-1),
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    enter(moves[event.key]());
  });
}
