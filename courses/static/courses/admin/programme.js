// Buttons of a course's programme that move a module or a lesson. They stand inside the form of the
// page and must not submit it, so they send a form of their own.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opora-move]");
  if (!button) return;
  const form = document.createElement("form");
  form.method = "post";
  form.action = button.dataset.oporaMove;
  form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
  document.body.append(form);
  form.submit();
});
