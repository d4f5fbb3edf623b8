// @ts-check
// Needs: head/pose.js
// A part of the drawing of the head: the severity part of the scale, as far as a posture alone can earn it. `cuts`
// come with the markup, from the evidence.

const pointsFor = (/** @type {number} */ value, /** @type {any} */ cuts) => (Math.abs(value) < 1 ? 0 : cuts.findIndex((/** @type {any} */ most) => most === null || Math.abs(value) <= most) + 1);
const apart = (/** @type {number} */ neck, /** @type {number} */ skullOn, /** @type {number} */ least) => Number(neck * skullOn < 0 && Math.min(Math.abs(neck), Math.abs(skullOn)) >= least);
const excursion = (/** @type {Pose} */ pose, /** @type {any} */ cuts) => ({
  rotation: pointsFor(pose.headTurn + pose.neckTurn, cuts.rotation),
  laterocollis: pointsFor(pose.headTilt + pose.neckTilt, cuts.laterocollis),
  bend: pointsFor(pose.headBend + pose.neckBend, cuts.bend),
  lateral: apart(pose.neckTilt, pose.headTilt, cuts.shift),
  sagittal: apart(pose.neckBend, pose.headBend, cuts.shift),
  shoulder: pointsFor(100 * Math.max(pose.rightShoulder, pose.leftShoulder), cuts.shoulder),
});
