// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** Looks for the first pictures, as long as somebody sees the page, and opens the gallery once there are any. */

const interval = 10_000;
const longestInterval = 60_000;
/** What the service knows may be old by then; a look makes it read anew, and the next one sees what it found. */
const secondLook = 3_000;
const answerLimit = 15_000;

const status = document.getElementById('looking');
let failures = 0;
let timer;
let look;

document.addEventListener('visibilitychange', () => (document.hidden ? pause() : resume(secondLook)));
if (!document.hidden) wait(interval);
say('looking');

/** Looks at once, and again after a while. */
async function resume(next) {
  pause();
  look = new AbortController();
  const signal = AbortSignal.any([look.signal, AbortSignal.timeout(answerLimit)]);
  const { signal: ended } = look;
  const found = await seePictures(signal).catch(() => undefined);
  if (ended.aborted) return;
  if (found === 'ended') return say('ended');
  if (found) return open();
  failures = found === undefined ? failures + 1 : 0;
  say(failures > 0 ? 'failed' : 'looking');
  wait(failures > 0 ? Math.min(interval * 2 ** failures, longestInterval) : next);
}

function wait(time) {
  timer = setTimeout(resume, time, interval);
}

function pause() {
  clearTimeout(timer);
  look?.abort();
}

/** Whether there is anything in the folder; 'ended' when nobody is signed in any more. Fails where it is not known. */
async function seePictures(signal) {
  const answer = await fetch(location.pathname, {
    headers: { Accept: 'application/json' }, redirect: 'manual', signal,
  });
  if (answer.status === 401 || answer.type === 'opaqueredirect') return 'ended';
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { count, albums } = await answer.json();
  return count > 0 || albums?.length > 0;
}

function open() {
  say('found');
  location.replace(location.pathname);
}

/** A sentence of the page's own, in its language; the same one is not said twice. */
function say(word) {
  const sentence = status.dataset[word];
  if (status.textContent !== sentence) status.textContent = sentence;
}
