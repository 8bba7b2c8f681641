// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { ask, asJSON } from './ask.js';
import { fill } from './words.js';

// Milliseconds from one look to the next: while the folder is still read, and then; and the longest, after failures.
const often = 1500;
const seldom = 20000;
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
