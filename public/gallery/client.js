// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { pageOf, pageSize } from './list.js';
import { parsePicture, pathOf } from './pictures.js';

/** A response that is no success. `status` is 0 when there was no response. */
export class RequestError extends Error {
  /**
   * @param {number} status
   * @param {string} [text]
   */
  constructor(status, text = '') {
    super(text);
    this.status = status;
  }

  get isTransient() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export const acceptJSON = { Accept: 'application/json' };

export class Client {
  #timing;

  /** @param {ClientParts} parts */
  constructor({ timing }) {
    this.#timing = timing;
  }

  /**
   * Throws a `RequestError`. A redirect leads to Dropbox and means that the session has ended.
   * @param {string} path
   * @param {Record<string, string>} [headers]
   */
  async get(path, headers = {}) {
    let response;
    try {
      const signal = this.#timing.timeoutSignal(this.#timing.requestTimeout);
      response = await fetch(path, { headers, redirect: 'manual', signal });
    } catch {
      throw new RequestError(0);
    }
    if (response.type === 'opaqueredirect') throw new RequestError(401);
    if (response.ok || response.status === 304) return response;
    const isText = response.headers.get('Content-Type')?.startsWith('text/plain');
    throw new RequestError(response.status, isText ? (await response.text()).trim().slice(0, 300) : '');
  }

  /**
   * Sends the request after each delay until it succeeds or fails for good.
   * @param {string} path
   * @param {Record<string, string>} headers
   * @param {number[]} delays
   */
  async getWithRetries(path, headers, delays) {
    let failure;
    for (const delay of delays) {
      await this.#wait(delay);
      try {
        return await this.get(path, headers);
      } catch (error) {
        failure = error;
        if (!failure.isTransient) break;
      }
    }
    throw failure;
  }

  /** @param {number} delay */
  #wait(delay) {
    return new Promise((resolve) => {
      this.#timing.setTimeout(() => resolve(undefined), delay);
      addEventListener('online', resolve, { once: true, signal: this.#timing.timeoutSignal(delay) });
    });
  }
}

export class FolderPages {
  #parts;

  /** @param {FolderPagesParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { folder, order } = parts;
    this.folder = folder;
    this.order = order;
  }

  /**
   * @param {number} number
   * @param {string} [since] a version of the listing.
   */
  path(number, since) {
    const added = since ? `&since=${encodeURIComponent(since)}` : '';
    return `${this.folder}?sort=${this.order}&page=${number}${added}`;
  }

  /**
   * Retries until it succeeds or fails for good, and shows a notice meanwhile.
   * @param {number} number
   */
  async fetch(number) {
    for (let delays = this.#parts.timing.pageDelays; ; delays = this.#parts.timing.laterPageDelays) {
      try {
        const response = await this.#parts.client.getWithRetries(this.path(number), acceptJSON, delays);
        this.#parts.notices.clear('trouble');
        return parsePage(await response.json());
      } catch (error) {
        this.#showFailure(error);
        if (!error.isTransient) throw error;
      }
    }
  }

  /** @param {any} error */
  #showFailure(error) {
    if (error.status === 401) return this.#parts.notices.showSignedOut();
    const { pageMissing, folderMissing, reload } = this.#parts.words;
    this.#parts.notices.show('trouble', error.isTransient ? pageMissing : folderMissing, reload, location.pathname);
  }

  /** @param {string} path */
  async fetchPath(path) {
    return parsePage(await (await this.#parts.client.get(path, acceptJSON)).json());
  }

  /**
   * The page that holds a picture. Undefined if the folder no longer holds it.
   * @param {{ id: string, path: string }} picture
   */
  async fetchPageWith({ id, path }) {
    const json = await this.fetchPath(`${path}?sort=${this.order}`).catch((error) => {
      if (error.status !== 404) throw error;
    });
    return json?.folder.path === this.folder && json.chosen === id ? json : undefined;
  }
}

/**
 * @param {any} json
 * @returns {FolderPage}
 */
const parsePage = (json) => ({ ...json, pictures: json.pictures.map(parsePicture) });

export class Renewal {
  #parts;
  #isActive = false;

  /** @param {RenewalParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { events } = parts;
    events.on(['stale'], () => this.renew());
  }

  /** Shows the new list around the current picture if it still exists. */
  async renew() {
    const { cursor, pages } = this.#parts;
    const { place, picture } = cursor;
    // A page that is being loaded brings the new list itself.
    if (this.#isActive || !picture) return;
    this.#isActive = true;
    try {
      const json = await pages.fetchPageWith(picture);
      // The person may have gone on in the meantime.
      if (json) return this.#replace(json, Math.max(0, placeIn(json) + cursor.place - place));
      this.#replace(await pages.fetchPath(pages.path(pageOf(cursor.place))), cursor.place);
    } finally {
      this.#isActive = false;
    }
  }

  /** Loads new pictures. Shows the newest one if the list begins with it. */
  async showNewest() {
    if (this.#parts.pages.order !== 'newest') return this.renew();
    this.#replace(await this.#parts.pages.fetchPath(this.#parts.pages.path(1)), 0);
  }

  /**
   * Shows a picture. Reloads the page if the picture is not in this folder.
   * @param {string} id
   */
  async goTo(id) {
    const place = this.#parts.list.placeOf(id);
    if (place >= 0) return this.#parts.cursor.go(place);
    const json = await this.#parts.pages.fetchPageWith({ id, path: pathOf(id) }).catch(() => undefined);
    if (json) this.#replace(json, placeIn(json));
    else location.reload();
  }

  /**
   * @param {FolderPage} json
   * @param {number} place
   */
  #replace(json, place) {
    if (json.count === 0) return location.reload();
    this.#parts.list.replace(json);
    this.#parts.cursor.place = Math.min(place, json.count - 1);
    this.#parts.header.update(json);
    this.#parts.events.emit('list');
    this.#parts.events.emit('move');
  }
}

/** @param {FolderPage} json */
const placeIn = (json) =>
  (json.page - 1) * pageSize + Math.max(0, json.pictures.findIndex(({ id }) => id === json.chosen));
