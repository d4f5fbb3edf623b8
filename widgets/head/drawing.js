// @ts-check
// Needs: head/stage.js
// Needs: head/excursion.js
// The drawing that widgets share: a head, neck and shoulders of our own small meshes, shaded, seen from any side.
const head = { stage, excursion, poseOf, REST };
