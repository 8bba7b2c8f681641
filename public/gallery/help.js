// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { make, makeDialog } from './controls.js';

/** The list of keys. */
export function addHelp({ words }) {
  return makeDialog(words, 'help', (body) => {
    const lines = words.keys.map(([keys, meaning]) =>
      make('div', {}, make('dt', {}, ...keys.map((key) => make('kbd', {}, key))), make('dd', {}, meaning)));
    body.replaceChildren(make('dl', {}, ...lines));
  });
}
