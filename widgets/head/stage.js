// @ts-check
// Needs: head/picture.js
// Needs: head/muscles.js
// A part of the drawing of the head: the view on the page, its controls and its films.

const STILL = 560;
const MOVING = 320;
const SIDES = [["right", "left"], ["back", "front"], ["left", "right"], ["front", "back"]];

/**
 * Brings head.html to life: the view and its controls. `show(pose, marks)` draws a posture with muscles tinted
 * ("right scm"); `play(poseAt, told)` draws `poseAt(seconds)` until it gives null. Nothing is drawn out of sight.
 */
const stage = (/** @type {HTMLElement} */ box, /** @type {AbortSignal} */ signal) => {
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector("canvas"));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const range = /** @type {any} */ (box.querySelector("input"));
  const ends = box.querySelectorAll(".end");
  /** @type {any[]} */
  let [pose, marks, textures, shownMarks, film, asked, refining] = [REST, [], null, "", null, 0, 0];
  let [inSight, dirty, last] = [true, true, 0];

  const paintNow = (/** @type {number} */ size) => {
    if (canvas.width !== size) canvas.width = canvas.height = size;
    textures ??= (() => {
      const colours = palette(box);
      const plain = painted(1, 1, (/** @type {CanvasRenderingContext2D} */ brush) => { brush.fillStyle = css(colours.skin); brush.fillRect(0, 0, 1, 1); });
      return { colours, face: faceOf(colours), plain };
    })();
    const wanted = marks.join();
    if (!textures.surface || shownMarks !== wanted) textures.surface = skinOf(textures.colours, marks);
    shownMarks = wanted;
    drawPerson(context, size, { ...REST, ...pose }, Number(range.value), textures);
    dirty = false;
  };
  const step = (/** @type {number} */ now) => {
    asked = 0;
    if (!inSight || document.hidden) return;
    if (film) {
      // Time passes only while it is seen; half the frames of a screen are enough for a neck.
      film.seconds += Math.min(0.1, (now - (last || now)) / 1000);
      last = now;
      const { told } = film;
      const next = film.poseAt(film.seconds);
      if (next) pose = next;
      else film = null;
      told?.();
    }
    paintNow(MOVING);
    clearTimeout(refining);
    if (film) ask();
    else refining = setTimeout(() => !film && paintNow(STILL), 180);
  };
  // First the page shows what the reader did, then the person is drawn.
  const ask = () => {
    dirty = true;
    asked ||= requestAnimationFrame((now) => setTimeout(step, 0, now));
  };
  const turn = () => {
    const view = Number(range.value);
    const words = SIDES[Math.round(view / 90) % 4];
    ends.forEach((/** @type {any} */ end, /** @type {number} */ index) => { end.textContent = words[index]; });
    range.setAttribute("aria-valuetext", `${view} degrees, from ${["the front", "the right", "behind", "the left"][Math.round(view / 90) % 4]}`);
    ask();
  };

  range.addEventListener("input", turn, { signal });
  box.addEventListener("click", (/** @type {any} */ { target }) => {
    if (!target.dataset.view) return;
    range.value = target.dataset.view;
    turn();
  }, { signal });
  /** @type {number | null} */
  let from = null;
  canvas.addEventListener("pointerdown", (/** @type {any} */ event) => {
    from = event.clientX + Number(range.value) * 1.5;
    canvas.setPointerCapture(event.pointerId);
  }, { signal });
  canvas.addEventListener("pointermove", (/** @type {any} */ event) => {
    if (from === null) return;
    range.value = ((from - event.clientX) / 1.5 + 720) % 360;
    turn();
  }, { signal });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { from = null; }, { signal });

  const sight = new IntersectionObserver(([{ isIntersecting }]) => {
    inSight = isIntersecting;
    last = 0;
    if (inSight && (dirty || film)) ask();
  });
  sight.observe(canvas);
  document.addEventListener("visibilitychange", () => {
    last = 0;
    if (dirty || film) ask();
  }, { signal });
  const repaint = () => { textures = null; ask(); };
  const theme = new MutationObserver(repaint);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
  // On paper the colours are the light ones.
  matchMedia("print").addEventListener("change", () => { textures = null; paintNow(STILL); }, { signal });
  signal.addEventListener("abort", () => {
    sight.disconnect();
    theme.disconnect();
    film = null;
  });
  box.hidden = false;
  turn();
  return {
    show: (/** @type {Pose} */ next, /** @type {any} */ tinted = marks) => { [pose, marks, film] = [next, tinted, null]; ask(); },
    play: (/** @type {any} */ poseAt, /** @type {any} */ told = null) => { [film, last] = [{ poseAt, told, seconds: 0 }, 0]; ask(); },
    playing: () => film !== null,
  };
};
