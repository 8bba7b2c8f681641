// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make, makeTool } from './controls.js';

/**
 * A dialog with a heading, that Esc, its button and a click beside it close. The browser gives the focus back to where
 * it was.
 *
 * @returns {{ element: HTMLDialogElement, body: HTMLElement, toggle: () => void }} `fill` runs before each opening.
 */
export function makeDialog(words, word, fill) {
  const heading = make('h2', { id: `gallery-${word}-heading` }, words[word]);
  const body = make('div', { className: 'gallery-dialog-body' });
  const element = make('dialog', { className: `gallery-dialog gallery-${word}` });
  const close = makeTool(words, 'close', () => element.close());
  element.append(make('header', {}, heading, close), body);
  element.setAttribute('aria-labelledby', heading.id);
  element.addEventListener('click', (event) => {
    if (event.target === element) element.close();
  });
  document.body.append(element);
  const toggle = () => {
    if (element.open) return element.close();
    element.showModal();
    fill(body, element);
  };
  return { element, body, toggle };
}
