// @ts-check
// Needs: base/edition.js
// Needs: base/markup.js
// Needs: recall/schedule.js
// The days on which questions come back, as a file that every calendar opens (iCalendar, RFC 5545). It is made here;
// nobody is told.

/** A line has 75 bytes at most; a longer one goes on after a blank. @param {string} text */
const foldLine = (text) => (text.match(/.{1,60}/gu) ?? [""]).join("\r\n ");

/** @param {Map<number, number>} days how many questions come back on which day @param {number} now @param {string} address */
function calendarOf(days, now, address) {
  const plain = (/** @type {string} */ text) => text.replace(/[\\;,]/g, "\\$&");
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const events = [...days].sort(([one], [other]) => one - other).flatMap(([day, number]) => [
    "BEGIN:VEVENT",
    `UID:${isoDay(day)}@${EDITION}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${isoDay(day).replaceAll("-", "")}`,
    `SUMMARY:${plain(`${count(number, "question")} to come back to`)}`,
    `DESCRIPTION:${plain("Cervical dystonia surgery, your course. As your answers stood when this file was made.")}`,
    ...(address ? [`URL:${address}`] : []),
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cervical dystonia surgery//Your course//EN", ...events, "END:VCALENDAR"];
  return lines.map((line) => `${foldLine(line)}\r\n`).join("");
}
