// Before anything is drawn: scripts run, the theme that was chosen (storage may be refused), and how the page opens.
document.documentElement.classList.replace("no-js", "js");
try { document.body.dataset.theme = localStorage.getItem("theme") || "auto"; }
catch { document.body.dataset.theme = "auto"; }
// A page that is new to its reader draws first what is in sight. One who comes back, or to a place within it, gets it whole.
if (!location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate") {
  document.documentElement.classList.add("opening");
}
