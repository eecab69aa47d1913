// The browser's time zone is offered where its clock differs from the desk's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clocksDiffer } from "../../../static/desk/time_zone.js";

for (const [own, desk, differ] of [
  ["Europe/Kyiv", "UTC", true],
  ["Europe/London", "UTC", true],
  ["Africa/Abidjan", "UTC", false],
  ["Etc/UTC", "UTC", false],
  ["Europe/Kiev", "Europe/Kyiv", false],
  ["Europe/Berlin", "Europe/Paris", false],
  ["Europe/Berlin", "Mars/Olympus", false],
  ["", "UTC", false],
  [undefined, "UTC", false],
]) {
  test(`${own} at a desk of ${desk}`, () => assert.equal(clocksDiffer(own, String(desk), 2026), differ));
}
