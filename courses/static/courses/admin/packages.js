// The page of interactive content in the admin: how far the import is, and files that are too large.

const SECONDS = 2;

async function follow(place) {
  const address = place.dataset.oporaImport;
  while (true) {
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) continue;
      place.innerHTML = await answer.text();
    } catch {
      continue;
    }
    if (!place.querySelector("progress")) {
      location.reload();
      return;
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-opora-import]").forEach(follow);
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-opora-limit]");
  if (!field) return;
  const tooLarge = field.files.length > 0 && field.files[0].size > Number(field.dataset.oporaLimit);
  field.setCustomValidity(tooLarge ? field.dataset.oporaTooLarge : "");
  field.reportValidity();
});
