// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

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
    answer = await fetch(path, { headers, redirect: 'manual' });
  } catch {
    throw new Refusal(0);
  }
  if (answer.type === 'opaqueredirect') throw new Refusal(401);
  if (answer.ok || answer.status === 304) return answer;
  const isText = answer.headers.get('Content-Type')?.startsWith('text/plain');
  throw new Refusal(answer.status, isText ? (await answer.text()).trim().slice(0, 300) : '');
}

export const asJSON = { Accept: 'application/json' };

export const pause = (milliseconds) => new Promise((resolve) => {
  setTimeout(resolve, milliseconds);
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
