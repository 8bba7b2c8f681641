// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { make, makeTool } from './controls.js';

/**
 * A dialog with a heading. Esc, its button and a click beside it close it. The browser returns the focus to where it was.
 * @param {Words} words
 * @param {string} word of the heading.
 * @param {(body: HTMLElement, element: HTMLDialogElement) => void} open runs at each opening.
 * @returns {Dialog & { element: HTMLDialogElement, body: HTMLElement }}
 */
export function makeDialog(words, word, open) {
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
    open(body, element);
  };
  return { element, body, toggle };
}
