// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { acceptJSON } from './client.js';
import { fill, make } from './controls.js';

const kinds = /** @type {const} */ (['session', 'trouble', 'news']);

export class Notices {
  element = make('div', { className: 'gallery-notice' });
  /** @type {Partial<Record<NoticeKind, Notice>>} */
  #notices = {};
  #words;

  /** @param {NoticesParts} parts */
  constructor({ words }) {
    this.#words = words;
    this.element.setAttribute('role', 'status');
  }

  /**
   * @param {NoticeKind} kind
   * @param {string} text
   * @param {string} action
   * @param {string | (() => void)} target
   */
  show(kind, text, action, target) {
    const before = this.#notices[kind];
    if (before?.text === text && before?.action === action) return;
    this.#notices[kind] = { text, action, target };
    this.#render();
  }

  /** @param {NoticeKind} kind */
  clear(kind) {
    if (!this.#notices[kind]) return;
    delete this.#notices[kind];
    this.#render();
  }

  showSignedOut() {
    this.show('session', this.#words.signedOut, this.#words.signIn, location.pathname + location.search);
  }

  #render() {
    const notice = kinds.map((kind) => this.#notices[kind]).find(Boolean);
    if (!notice) return this.element.replaceChildren();
    const { text, action, target } = notice;
    const parts = text ? [make('span', {}, text)] : [];
    if (typeof target === 'string') parts.push(make('a', { href: target }, action));
    else {
      const button = make('button', { type: 'button' }, action);
      button.addEventListener('click', target);
      parts.push(button);
    }
    this.element.replaceChildren(...parts);
  }
}

export class FolderHeader {
  #count = document.querySelector('.folder-count');
  /** @type {Map<string | null, Element>} */
  #albums = new Map([...document.querySelectorAll('.albums a')].map((link) => [link.getAttribute('href'), link]));

  constructor() {
    for (const cover of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll('.albums img'))) {
      const hide = () => cover.classList.add('no-cover');
      if (cover.complete && !cover.naturalWidth) hide();
      cover.addEventListener('error', hide);
    }
  }

  get albumCount() {
    return this.#albums.size;
  }

  /** @param {FolderPage} json */
  update(json) {
    if (this.#count) this.#count.textContent = json.summary;
    for (const { path, summary } of json.albums) {
      const place = this.#albums.get(path)?.querySelector('.album-count');
      if (place && summary) place.textContent = summary;
    }
  }
}

/**
 * Polls again when the covers are loaded, because the service learns the counts with them.
 * @param {CountAlbumsParts} parts
 */
export function countAlbums({ poll, timing }) {
  const covers = [...document.querySelectorAll('.albums a')]
    .filter((link) => link.querySelector('.album-count')?.textContent === '')
    .map((link) => link.querySelector('img'));
  let timer = 0;
  const later = () => {
    timing.clearTimeout(timer);
    timer = timing.setTimeout(poll, timing.albumCountDelay);
  };
  for (const cover of covers) {
    if (!cover) continue;
    if (cover.complete) later();
    else for (const kind of ['load', 'error']) cover.addEventListener(kind, later, { once: true });
  }
}

export class Polling {
  #parts;
  #since;
  /** @type {string | null | undefined} */
  #entityTag;
  #timer = 0;
  #failures = 0;
  #isPolling = false;

  /** @param {PollingParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { list, events } = parts;
    this.#since = list.version;
    events.on(['list'], () => this.#restart());
    document.addEventListener('visibilitychange', () => this.#resume());
    this.#schedule();
  }

  poll = async () => {
    if (document.hidden || this.#isPolling) return;
    this.#isPolling = true;
    try {
      const tag = this.#entityTag;
      const headers = tag ? { ...acceptJSON, 'If-None-Match': tag } : acceptJSON;
      const response = await this.#parts.client.get(this.#parts.pages.path(1, this.#since), headers);
      this.#failures = 0;
      if (response.status !== 304) {
        this.#entityTag = response.headers.get('ETag');
        await this.#handle(await response.json());
      }
    } catch (error) {
      this.#failures += 1;
      if (error.status === 401) this.#parts.notices.showSignedOut();
    } finally {
      this.#isPolling = false;
      this.#schedule();
    }
  };

  #schedule() {
    const { pollInterval, pollIntervalWhileReading, longestPollInterval } = this.#parts.timing;
    const interval = this.#parts.list.isComplete ? pollInterval : pollIntervalWhileReading;
    this.#parts.timing.clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#timer = this.#parts.timing.setTimeout(this.poll, Math.min(longestPollInterval, interval * 2 ** this.#failures));
  }

  /** @param {FolderPage} json */
  async #handle(json) {
    this.#parts.header.update(json);
    if (json.version === this.#parts.list.version && json.isComplete === this.#parts.list.isComplete) return;
    if (!this.#parts.list.isComplete || !json.added) await this.#parts.onChange(json);
    else this.#offer(json.added);
  }

  /** @param {number} count */
  #offer(count) {
    const { newOne, newMany } = this.#parts.words;
    const action = fill(count === 1 ? newOne : newMany, { count: this.#parts.formatNumber(count) });
    this.#parts.notices.show('news', '', action, () => {
      this.#parts.notices.clear('news');
      this.#parts.onAccept();
    });
  }

  #restart() {
    if (this.#since === this.#parts.list.version) return;
    this.#since = this.#parts.list.version;
    this.#entityTag = undefined;
    this.#parts.notices.clear('news');
  }

  #resume() {
    this.#parts.timing.clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#failures = 0;
    this.poll();
    this.#parts.timing.setTimeout(this.poll, this.#parts.timing.secondPollDelay);
  }
}
