// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { makeTiming } from './gallery/timing.js';

/** Polls an empty folder while the page is visible, and opens the gallery when there are pictures or albums. */
class EmptyFolderPolling {
  #parts;
  #failures = 0;
  #timer = 0;
  /** @type {AbortController | undefined} */
  #request;

  /** @param {EmptyFolderPollingParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { timing } = parts;
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#pause();
      // The first poll may get an old listing and makes the service read the folder. The second one sees the result.
      else this.#poll(timing.secondPollDelay);
    });
    if (!document.hidden) this.#schedule(timing.emptyPollInterval);
    this.#show('looking');
  }

  /** @param {number} next the interval to the next poll. */
  async #poll(next) {
    const { emptyPollInterval, longestEmptyPollInterval, emptyPollTimeout } = this.#parts.timing;
    this.#pause();
    const request = new AbortController();
    this.#request = request;
    /** @type {AbortSignal} */
    const signal = /** @type {any} */ (AbortSignal).any(
      [request.signal, this.#parts.timing.timeoutSignal(emptyPollTimeout)]);
    const found = await hasContent(signal).catch(() => undefined);
    if (request.signal.aborted) return;
    if (found === 'ended') return this.#show('ended');
    if (found) return this.#open();
    this.#failures = found === undefined ? this.#failures + 1 : 0;
    this.#show(this.#failures > 0 ? 'failed' : 'looking');
    const longer = Math.min(emptyPollInterval * 2 ** this.#failures, longestEmptyPollInterval);
    this.#schedule(this.#failures > 0 ? longer : next);
  }

  /** @param {number} delay */
  #schedule(delay) {
    this.#timer = this.#parts.timing.setTimeout(() => this.#poll(this.#parts.timing.emptyPollInterval), delay);
  }

  #pause() {
    this.#parts.timing.clearTimeout(this.#timer);
    this.#request?.abort();
  }

  #open() {
    this.#show('found');
    location.replace(location.pathname);
  }

  /**
   * Shows a sentence of the page in its language. A screen reader does not repeat the same one.
   * @param {string} name
   */
  #show(name) {
    const sentence = this.#parts.status.dataset[name] ?? '';
    if (this.#parts.status.textContent !== sentence) this.#parts.status.textContent = sentence;
  }
}

/**
 * Whether the folder holds anything. 'ended' when the session has ended. Throws if that is unknown.
 * @param {AbortSignal} signal
 */
async function hasContent(signal) {
  const response = await fetch(location.pathname, {
    headers: { Accept: 'application/json' }, redirect: 'manual', signal,
  });
  if (response.status === 401 || response.type === 'opaqueredirect') return 'ended';
  if (!response.ok) throw new Error(`status ${response.status}`);
  const { count, albums } = await response.json();
  return count > 0 || albums?.length > 0;
}

const status = document.getElementById('looking');
if (status) new EmptyFolderPolling({ status, timing: makeTiming(globalThis.galleryTiming) });
