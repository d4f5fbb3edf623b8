// In pages that `make watch` serves, and in no published one: shows the page anew once it is built.
new EventSource("/_built").addEventListener("message", () => location.reload());
