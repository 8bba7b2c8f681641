// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { pathOf, picture } from './pictures.js';

// Pictures on a page.
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

// So few pictures before the end of the run the next page is fetched.
const near = 15;
// Pages in the run at most.
export const most = 10;

/**
 * What to do to a run of pages, `first` to `last`, so that the picture at a place and those beside it are in it.
 *
 * @returns {{ kind: 'replace'|'push'|'unshift', page: number, drop: number, isNeeded: boolean } | null} `drop` is the
 *   page that leaves at the far side, or 0; `isNeeded` says that the picture itself is not in the run yet.
 */
export function nextChange({ first, last }, place, count) {
  const page = pageOf(place);
  const isNeeded = page < first || page > last;
  const isFull = last - first + 1 >= most;
  if (page === last + 1 || (!isNeeded && last < pageOf(count - 1) && last * size - place <= near)) {
    return { kind: 'push', page: last + 1, drop: isFull ? first : 0, isNeeded };
  }
  if (page === first - 1 || (!isNeeded && first > 1 && place - (first - 1) * size < near)) {
    return { kind: 'unshift', page: first - 1, drop: isFull ? last : 0, isNeeded };
  }
  return isNeeded ? { kind: 'replace', page, drop: 0, isNeeded } : null;
}

// Milliseconds that an answer may take.
const longest = 45000;

/** An answer that is no success; `status` is 0 when there was none. */
export class Refusal extends Error {
  constructor(status, text = '') {
    super(text);
    this.status = status;
  }

  /** Whether the same question may be answered later. */
  get isPassing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Asks this site; throws a `Refusal`. A way that leads to Dropbox means that the session is over. */
export async function ask(path, headers = {}) {
  let answer;
  try {
    answer = await fetch(path, { headers, redirect: 'manual', signal: AbortSignal.timeout(longest) });
  } catch {
    throw new Refusal(0);
  }
  if (answer.type === 'opaqueredirect') throw new Refusal(401);
  if (answer.ok || answer.status === 304) return answer;
  const isText = answer.headers.get('Content-Type')?.startsWith('text/plain');
  throw new Refusal(answer.status, isText ? (await answer.text()).trim().slice(0, 300) : '');
}

export const asJSON = { Accept: 'application/json' };

const pause = (milliseconds) => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
  addEventListener('online', resolve, { once: true, signal: AbortSignal.timeout(milliseconds) });
});

/** Asks after each of these pauses, until there is an answer that more asking would not change. */
export async function askAgain(path, headers, pauses) {
  let refusal;
  for (const each of pauses) {
    await pause(each);
    try {
      return await ask(path, headers);
    } catch (error) {
      refusal = error;
      if (!refusal.isPassing) break;
    }
  }
  throw refusal;
}

const pauses = [0, 1500, 3500];
const muchLater = [15000];

/** Pages of the list from the service, and the list as a whole when it has become another. */
export function addRenewal(viewer) {
  const { words, folder, order } = viewer;

  viewer.pagePath = (number, since) =>
    `${folder}?sort=${order}&page=${number}${since ? `&since=${encodeURIComponent(since)}` : ''}`;

  const parse = (json) => ({ ...json, pictures: json.pictures.map(picture) });

  /** Fetches a page; as long as it does not come, that is said and tried again. */
  viewer.fetchPage = async (number) => {
    for (let waits = pauses; ; waits = muchLater) {
      try {
        const answer = await askAgain(viewer.pagePath(number), asJSON, waits);
        viewer.notify('trouble');
        return parse(await answer.json());
      } catch (refusal) {
        if (refusal.status === 401) viewer.signedOut();
        else viewer.notify('trouble', refusal.isPassing ? words.pageMissing : words.folderMissing, words.reload, location.pathname);
        if (!refusal.isPassing) throw refusal;
      }
    }
  };

  const askPage = async (path) => parse(await (await ask(path, asJSON)).json());

  /** The page that holds a picture; undefined when the folder holds it no more. */
  async function pageWith({ id, path }) {
    const json = await askPage(`${path}?sort=${order}`).catch((refusal) => {
      if (refusal.status !== 404) throw refusal;
    });
    return json?.folder.path === folder && json.chosen === id ? json : undefined;
  }

  /** The list is another now: shows it, around the same picture where there still is one. */
  function take(json, place) {
    if (json.count === 0) return location.reload();
    viewer.list.take(json);
    viewer.place = Math.min(place, json.count - 1);
    viewer.isRenewed = true;
    viewer.showFolder(json);
    viewer.say('list');
    viewer.say('move');
    viewer.advance();
  }

  const placeIn = (json) =>
    (json.page - 1) * size + Math.max(0, json.pictures.findIndex(({ id }) => id === json.chosen));

  let isUnderWay = false;
  viewer.renew = async () => {
    const before = viewer.place;
    const kept = viewer.list.at(before);
    // What is on its way brings a new list itself.
    if (isUnderWay || !kept) return;
    isUnderWay = true;
    try {
      const json = await pageWith(kept);
      // A person may have gone on meanwhile.
      if (json) take(json, Math.max(0, placeIn(json) + viewer.place - before));
      else take(await askPage(viewer.pagePath(pageOf(viewer.place))), viewer.place);
    } finally {
      isUnderWay = false;
    }
  };

  /** Brings new pictures in, and shows the newest where it stands first. */
  viewer.bringNews = async () => {
    if (order !== 'newest') return viewer.renew();
    take(await askPage(viewer.pagePath(1)), 0);
  };

  /** Shows a picture by its id; the page is loaded anew when it is not in this folder. */
  viewer.goTo = async (id) => {
    const place = viewer.list.placeOf(id);
    if (place >= 0) return viewer.go(place);
    const json = await pageWith({ id, path: pathOf(id) }).catch(() => undefined);
    if (json) take(json, placeIn(json));
    else location.reload();
  };
}
