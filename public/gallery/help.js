// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { make } from './controls.js';
import { makeDialog } from './dialog.js';

/** @type {[string[], string][]} */
const keys = [
  [['←', '→'], 'keyStep'], [['Home', 'End'], 'keyEnds'], [['f'], 'keyScreen'], [['s'], 'keySlideshow'],
  [['g'], 'grid'], [['z'], 'keyZoom'], [['i'], 'details'], [['?'], 'keyHelp'], [['Esc'], 'keyClose'],
];

/**
 * The list of keyboard shortcuts.
 * @param {HelpParts} parts
 */
export function makeHelp({ words }) {
  return makeDialog(words, 'help', (body) => {
    const lines = keys.map(([names, word]) =>
      make('div', {}, make('dt', {}, ...names.map((key) => make('kbd', {}, key))), make('dd', {}, words[word])));
    body.replaceChildren(make('dl', {}, ...lines));
  });
}
