// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';
import { smallSet } from './pictures.js';

// After the first failure: a second try after 1.5 s, a third after 5 s.
const pauses = [1500, 3500];

/** A small picture as a button: empty until it is known, and a tile with words when there is no view of it. */
export function fillCell(viewer, cell, picture, sizes) {
  const lack = picture ? viewer.lack(picture) : '';
  const state = picture ? picture.key + lack : '';
  if (cell.state === state) return;
  cell.state = state;
  cell.replaceChildren();
  cell.title = picture?.name ?? '';
  cell.setAttribute('aria-label', [picture?.name, lack].filter(Boolean).join(': ') || viewer.words.coming);
  if (lack) return showLack(cell, picture, lack);
  if (picture) showImage(viewer, cell, picture, sizes);
}

function showImage(viewer, cell, picture, sizes) {
  const { state } = cell;
  const image = make('img', { alt: '', decoding: 'async', sizes, srcset: smallSet(picture) });
  image.addEventListener('error', async () => {
    const source = image.currentSrc;
    image.remove();
    const reason = await viewer.seek(picture, source, pauses);
    if (cell.state !== state || !cell.isConnected) return;
    if (reason) showLack(cell, picture, reason);
    else showImage(viewer, cell, picture, sizes);
  }, { once: true });
  image.src = picture.strip;
  cell.append(image);
}

function showLack(cell, { name, ending }, reason) {
  cell.setAttribute('aria-label', `${name}: ${reason}`);
  cell.replaceChildren(make('span', { className: 'gallery-lack' },
    make('b', {}, ending || '?'), make('bdi', {}, name), make('span', {}, reason)));
}
