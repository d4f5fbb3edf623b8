// @ts-check
// Needs: progress/course.js
// Needs: progress/exam.js
// How far a learner is, by chapter and objective and over all.

/** @param {Course} course */
function tellProgress({ model, contents, kept, answerTo, wrongPaths, openSet, find, doing, say }) {
  const { chapters, objectives, owners } = contents;
  /** @param {string[]} paths */
  function tally(paths) {
    const answers = paths.map(answerTo).filter(answering.isAnswered);
    return { answers, possible: paths.length, answered: answers.length, points: sum(answers.map(answering.points)) };
  }

  let ticks = 0;
  for (const [name, { row, paths }] of chapters) {
    const { possible, answered, points } = tally(paths);
    const ticked = Object.hasOwn(kept().marks, `course/read/${name}`);
    /** @type {any} */ (row.querySelector("input")).checked = ticked;
    ticks += Number(ticked);
    setText(row.cells[2], `${answered} of ${possible}`);
    setText(row.cells[3], `${shortNumber(points)} of ${possible}`);
  }
  for (const [item, paths] of objectives) {
    const { possible, answered, points } = tally(paths);
    setText(/** @type {Element} */ (item.querySelector(".told")), `${answered} of ${possible} answered, ${count(points, "point")}`);
  }
  const { answers, possible, answered, points } = tally([...owners.keys()]);
  const sure = tellCalibration(answering.calibrate(answers));
  const begun = ticks + answered;
  const told = `${ticks} of ${chapters.size} chapters read, ${answered} of ${possible} questions answered, ${count(points, "point")}.`;
  setText(find(".sum"), told);
  find("progress").value = answered;
  for (const part of [".sum", "progress"]) find(part).hidden = !begun; // no ledger of noughts
  setText(find(".certainty"), sure);
  setText(find(".record-sum"), `${day(Date.now())}. ${told} ${sure}`);
  setText(find(".kept"), whereKept(model, "answers, ticks and exams"));
  const wrong = wrongPaths().length;
  setText(find(".wrong-sum"), `${wrong || "No"} question${wrong === 1 ? "" : "s"} so far.`);
  doing("redo").disabled = !wrong || Boolean(openSet()); // an open exam must not be lost
  find(".exams").replaceChildren(...kept().exams.map((exam) => make("li", tellExam(exam, contents))));
  // Other widgets of the book keep answers beside these.
  say("top", tellLeft({ ...kept().left, unknown: 0 }));
}
