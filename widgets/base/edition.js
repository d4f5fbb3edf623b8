// @ts-check
// The one setting that parts this book from others at the same address: what it keeps in a browser is kept below this
// name. A fork, or an edition that shall not share its readers' answers with this one, changes it.
const EDITION = "cervical-dystonia-surgery";
