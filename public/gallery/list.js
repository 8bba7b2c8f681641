// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** How many pictures a page of the list has. */
export const size = 60;

/** The page, from 1, that holds the picture at a place, from 0. */
export const pageOf = (place) => Math.floor(place / size) + 1;

/**
 * A long list of pictures, of which some pages are here: those that were wanted last.
 *
 * `ask(number)` fetches a page as JSON, and `arrived(number)` hears that it is here. What is here belongs to `version`;
 * `stale()` hears that the list at the server has become another.
 */
export class List {
  #pages = new Map();
  #asked = new Map();
  #ask;
  #arrived;
  #stale;
  #most;

  constructor({ ask, arrived, stale, most = 30 }) {
    this.#ask = ask;
    this.#arrived = arrived;
    this.#stale = stale;
    this.#most = most;
  }

  /** Begins anew with one page, unless the list is the same one. */
  take({ page, pictures, count, isComplete, version }) {
    if (version !== this.version || count !== this.count) {
      this.#pages.clear();
      this.#asked.clear();
    }
    Object.assign(this, { count, isComplete, version });
    this.#keep(page, pictures);
  }

  /** The picture at a place, when its page is here. */
  at(place) {
    const number = pageOf(place);
    const pictures = this.#pages.get(number);
    if (pictures) this.#keep(number, pictures);
    return pictures?.[place % size];
  }

  /** The place of a picture among those that are here, or -1. */
  placeOf(id) {
    for (const [number, pictures] of this.#pages) {
      const index = pictures.findIndex((picture) => picture.id === id);
      if (index >= 0) return (number - 1) * size + index;
    }
    return -1;
  }

  /** The pictures of a page, if they are here. */
  peek(number) {
    return this.#pages.get(number);
  }

  /** The pictures of a page, fetched once however many ask. */
  page(number) {
    const here = this.#pages.get(number);
    if (here) return Promise.resolve(here);
    const { version } = this;
    const asked = this.#asked.get(number) ?? this.#ask(number).then((json) => {
      if (version !== this.version) return this.page(number);
      this.#keep(number, json.pictures);
      this.#arrived(number);
      // While the folder is still read, it always has.
      if (json.version !== version && this.isComplete) this.#stale();
      return json.pictures;
    }).finally(() => {
      if (this.#asked.get(number) === asked) this.#asked.delete(number);
    });
    this.#asked.set(number, asked);
    return asked;
  }

  #keep(number, pictures) {
    this.#pages.delete(number);
    this.#pages.set(number, pictures);
    if (this.#pages.size > this.#most) this.#pages.delete(this.#pages.keys().next().value);
  }
}
