// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check

export class Events {
  #target = new EventTarget();

  /**
   * @param {EventName[]} names
   * @param {(detail: any) => void} listener
   */
  on(names, listener) {
    for (const name of names) {
      this.#target.addEventListener(name, (event) => listener(/** @type {CustomEvent} */ (event).detail));
    }
  }

  /**
   * @param {EventName} name
   * @param {number} [detail]
   */
  emit(name, detail) {
    this.#target.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export const pageSize = 60;

/**
 * The page, from 1, that holds the picture at a place, from 0.
 * @param {number} place
 */
export const pageOf = (place) => Math.floor(place / pageSize) + 1;

export class List {
  count = 0;
  isComplete = false;
  version = '';
  /** @type {Map<number, Picture[]>} */
  #pages = new Map();
  /** @type {Map<number, Promise<Picture[]>>} */
  #pending = new Map();
  #fetchPage;
  #events;
  #limit;

  /** @param {ListParts} parts */
  constructor({ fetchPage, events, limit = 30 }) {
    this.#fetchPage = fetchPage;
    this.#events = events;
    this.#limit = limit;
  }

  /**
   * Starts again with one page, unless the list is the same.
   * @param {Pick<FolderPage, 'page'|'pictures'|'count'|'isComplete'|'version'>} json
   */
  replace({ page, pictures, count, isComplete, version }) {
    if (version !== this.version || count !== this.count) {
      this.#pages.clear();
      this.#pending.clear();
    }
    Object.assign(this, { count, isComplete, version });
    this.#keep(page, pictures);
  }

  /**
   * The picture at a place. Undefined while its page is not loaded.
   * @param {number} place
   */
  at(place) {
    const number = pageOf(place);
    const pictures = this.#pages.get(number);
    if (pictures) this.#keep(number, pictures);
    return pictures?.[place % pageSize];
  }

  /**
   * The place of a picture on the loaded pages, or -1.
   * @param {string} id
   */
  placeOf(id) {
    for (const [number, pictures] of this.#pages) {
      const index = pictures.findIndex((picture) => picture.id === id);
      if (index >= 0) return (number - 1) * pageSize + index;
    }
    return -1;
  }

  /** @param {number} number */
  loadedPage(number) {
    return this.#pages.get(number);
  }

  /**
   * The pictures of a page. Concurrent calls share one request.
   * @param {number} number
   * @returns {Promise<Picture[]>}
   */
  page(number) {
    const loaded = this.#pages.get(number);
    if (loaded) return Promise.resolve(loaded);
    const { version } = this;
    const pending = this.#pending.get(number) ?? this.#fetchPage(number).then((json) => {
      if (version !== this.version) return this.page(number);
      this.#keep(number, json.pictures);
      this.#events.emit('page', number);
      // While the service reads the folder, the version changes all the time.
      if (json.version !== version && this.isComplete) this.#events.emit('stale');
      return json.pictures;
    }).finally(() => {
      if (this.#pending.get(number) === pending) this.#pending.delete(number);
    });
    this.#pending.set(number, pending);
    return pending;
  }

  /**
   * @param {number} number
   * @param {Picture[]} pictures
   */
  #keep(number, pictures) {
    this.#pages.delete(number);
    this.#pages.set(number, pictures);
    if (this.#pages.size > this.#limit) this.#pages.delete(this.#pages.keys().next().value);
  }
}

// The next page is fetched when the run ends within so many pictures.
const margin = 15;
export const longestRun = 10;

/**
 * What to do to a run of pages, `first` to `last`, so that it holds the picture at a place and its neighbours.
 * @param {{ first: number, last: number }} run
 * @param {number} place
 * @param {number} count
 * @returns {RunChange | null}
 */
export function nextChange({ first, last }, place, count) {
  const page = pageOf(place);
  const isNeeded = page < first || page > last;
  const isFull = last - first + 1 >= longestRun;
  if (page === last + 1 || (!isNeeded && last < pageOf(count - 1) && last * pageSize - place <= margin)) {
    return { kind: 'push', page: last + 1, drop: isFull ? first : 0, isNeeded };
  }
  if (page === first - 1 || (!isNeeded && first > 1 && place - (first - 1) * pageSize < margin)) {
    return { kind: 'unshift', page: first - 1, drop: isFull ? last : 0, isNeeded };
  }
  return isNeeded ? { kind: 'replace', page, drop: 0, isNeeded } : null;
}

export class Cursor {
  #parts;

  /** @param {CursorParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { events, place } = parts;
    /** From 0. `List.replace` leaves it to the caller to set it. */
    this.place = place;
    events.on(['page'], (number) => {
      if (number === pageOf(this.place)) events.emit('move');
    });
  }

  get picture() {
    return this.#parts.list.at(this.place);
  }

  /** @param {number} place */
  go(place) {
    if (place === this.place) return;
    this.place = place;
    this.#parts.events.emit('move');
  }

  /** @param {number} by */
  step(by) {
    this.go((this.place + by + this.#parts.list.count) % this.#parts.list.count);
  }
}
