// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { pageOf, size } from './list.js';

/** A neighbouring page is fetched when so few pictures are left before the run's end. */
const near = 15;
/** The most pages in the run. */
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
