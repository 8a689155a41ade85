// The button appears only when it works.
for (const button of document.querySelectorAll(".show-password")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  button.classList.add("ready");
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
}
