// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** Milliseconds. conf/lint/gallery.d.ts says what they are for. */
const durations = {
  pollInterval: 18_000,
  pollIntervalWhileReading: 1500,
  longestPollInterval: 300_000,
  secondPollDelay: 3000,
  albumCountDelay: 500,
  emptyPollInterval: 10_000,
  longestEmptyPollInterval: 60_000,
  emptyPollTimeout: 15_000,
  requestTimeout: 45_000,
  pageDelays: [0, 1500, 3500],
  laterPageDelays: [15_000],
  scrollRest: 120,
  pictureTimeout: 45_000,
  abandonDelay: 150,
  dimensionsTimeout: 1000,
  stageDelays: [0, 1500, 3500],
  thumbnailDelays: [1500, 3500],
  galleriaDelay: 4,
  fadeDuration: 250,
  slideDuration: 5000,
  announcementDelay: 400,
  hideControlsDelay: 2500,
  doubleTapInterval: 350,
};

/**
 * @param {Partial<Timing>} [overrides] tests set `globalThis.galleryTiming` before the page's scripts run.
 * @returns {Timing}
 */
export function makeTiming(overrides = {}) {
  /** @type {Timing} */
  const timing = {
    ...durations,
    setTimeout: (callback, delay, ...values) => globalThis.setTimeout(callback, delay, ...values),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
    timeoutSignal: (delay) => /** @type {any} */ (AbortSignal).timeout(delay),
  };
  for (const name of Object.keys(overrides)) {
    if (!Object.hasOwn(timing, name)) throw new TypeError(`galleryTiming has no ${name}`);
  }
  return { ...timing, ...overrides };
}
