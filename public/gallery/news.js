// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { fill, make } from './controls.js';
import { ask, asJSON } from './list.js';

/**
 * One quiet line above the stage, with a button: `viewer.notify(kind, text, action, act)`. `act` is a function, or the
 * address of a link. What is wrong comes before what is new; without a text a kind is over.
 */
export function addNotices(viewer, parent) {
  const line = make('div', { className: 'gallery-notice' });
  line.setAttribute('role', 'status');
  parent.append(line);
  const notices = {};

  viewer.notify = (kind, text, action, act) => {
    const before = notices[kind];
    if (before?.text === text && before?.action === action) return;
    notices[kind] = text || action ? { text, action, act } : undefined;
    show(['session', 'trouble', 'news'].map((each) => notices[each]).find(Boolean));
  };

  function show(notice) {
    if (!notice) return line.replaceChildren();
    const { text, action, act } = notice;
    const parts = text ? [make('span', {}, text)] : [];
    if (typeof act === 'string') parts.push(make('a', { href: act }, action));
    else if (act) {
      const button = make('button', { type: 'button' }, action);
      button.addEventListener('click', act);
      parts.push(button);
    }
    line.replaceChildren(...parts);
  }

  // The page itself leads through sign-in and back.
  viewer.signedOut = () => {
    viewer.notify('session', viewer.words.signedOut, viewer.words.signIn, location.pathname + location.search);
  };
}

/** Keeps what the page says about its folder and albums true. */
export function addFolder(viewer) {
  const line = document.querySelector('.folder-count');
  const albums = new Map([...document.querySelectorAll('.albums a')].map((link) => [link.getAttribute('href'), link]));

  viewer.showFolder = (json) => {
    if (line) line.textContent = json.summary;
    for (const { path, summary } of json.albums) {
      const place = albums.get(path)?.querySelector('.album-count');
      if (place && summary) place.textContent = summary;
    }
  };

  for (const cover of document.querySelectorAll('.albums img')) {
    const hide = () => cover.classList.add('no-cover');
    if (cover.complete && !cover.naturalWidth) hide();
    cover.addEventListener('error', hide);
  }
}

/** The service learns an album's count when it looks for its cover: asks once more when these have come. */
export function countAlbums(look) {
  const covers = [...document.querySelectorAll('.albums a')]
    .filter((link) => link.querySelector('.album-count')?.textContent === '')
    .map((link) => link.querySelector('img'));
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(look, 500);
  };
  for (const cover of covers) {
    if (cover.complete) later();
    else for (const kind of ['load', 'error']) cover.addEventListener(kind, later, { once: true });
  }
}

// Milliseconds from one look to the next: while the folder is still read, and then; and the longest, after failures.
const often = 1500;
// Three looks within a minute: the service itself asks when it knows nothing newer than 30 s.
const seldom = 18000;
const longest = 300000;
// A phone that comes back shows the folder as it was, and reads it anew behind that answer.
const onceMore = 3000;

/**
 * Looks whether the folder changed, while somebody can see it. `take(json)` gets what it says then; pictures that were
 * added are offered by a button, `bring`.
 *
 * @returns {() => void} looks at once.
 */
export function watchFolder(viewer, { take, bring }) {
  const { words, list } = viewer;
  let tag;
  let timer;
  let failures = 0;
  let since = list.version;
  let isLooking = false;

  function plan(after = list.isComplete ? seldom : often) {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, Math.min(longest, after * 2 ** failures));
  }

  async function look() {
    if (document.hidden || isLooking) return;
    isLooking = true;
    try {
      const path = viewer.pagePath(1, since);
      const answer = await ask(path, tag ? { ...asJSON, 'If-None-Match': tag } : asJSON);
      failures = 0;
      if (answer.status !== 304) {
        tag = answer.headers.get('ETag');
        await read(await answer.json());
      }
    } catch (refusal) {
      failures += 1;
      if (refusal.status === 401) viewer.signedOut();
    } finally {
      isLooking = false;
      plan();
    }
  }

  async function read(json) {
    viewer.showFolder(json);
    if (json.version === list.version && json.isComplete === list.isComplete) return;
    if (!list.isComplete || !json.added) await take(json);
    else offer(json.added);
  }

  function offer(count) {
    const sentence = fill(count === 1 ? words.newOne : words.newMany, { count: viewer.grouped(count) });
    viewer.notify('news', '', sentence, () => {
      viewer.notify('news');
      viewer.rest?.();
      bring();
    });
  }

  viewer.on('list', () => {
    if (since === list.version) return;
    since = list.version;
    tag = undefined;
    viewer.notify('news');
  });
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) return;
    failures = 0;
    look();
    setTimeout(look, onceMore);
  });
  plan();
  return look;
}
