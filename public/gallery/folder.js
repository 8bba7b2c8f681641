// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { fill } from './words.js';

/** Keeps what the page says about its folder true: how many pictures, how many in each album. */
export function addFolder(viewer) {
  const { words } = viewer;
  const line = document.querySelector('.folder-count');
  const albums = new Map([...document.querySelectorAll('.albums a')].map((link) => [link.getAttribute('href'), link]));

  const many = (count) => fill(count === 1 ? words.countOne : words.countMany, { count: viewer.grouped(count) });

  viewer.showFolder = (json) => {
    if (line) line.textContent = json.isComplete ? many(json.count) : fill(words.soFar, { count: viewer.grouped(json.count) });
    for (const { path, count, isComplete } of json.albums) {
      const place = albums.get(path)?.querySelector('.album-count');
      if (!place || count === null || count === undefined) continue;
      place.textContent = isComplete ? many(count) : fill(words.atLeast, { count: viewer.grouped(count) });
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
