// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { make, makeDialog } from './controls.js';

/** All pictures at a glance, to jump from. */
export function addGrid({ galleria, words, pictures }) {
  const grid = make('ul', { className: 'gallery-cells' });
  const dialog = makeDialog(words, 'grid', (body) => {
    if (cells.length === 0) build(body);
    const now = galleria.getIndex();
    cells.forEach((cell, index) => {
      if (index === now) cell.setAttribute('aria-current', 'true');
      else cell.removeAttribute('aria-current');
    });
    focus(now, 'center');
  });
  const cells = [];
  let last = 0;

  function build(body) {
    pictures.forEach((picture, index) => {
      const image = make('img', { alt: picture.name, loading: 'lazy', decoding: 'async' });
      image.addEventListener('error', () => {
        image.src = '/assets/images/failed.svg';
      }, { once: true });
      image.src = picture.thumb;
      const cell = make('button', { type: 'button', tabIndex: -1, title: picture.name }, image);
      cell.addEventListener('click', () => {
        dialog.element.close();
        galleria.show(index);
      });
      cells.push(cell);
      grid.append(make('li', {}, cell));
    });
    grid.addEventListener('keydown', move);
    body.append(grid);
  }

  function focus(index, block) {
    cells[last].tabIndex = -1;
    cells[index].tabIndex = 0;
    cells[index].focus({ preventScroll: true });
    cells[index].scrollIntoView({ block });
    last = index;
  }

  function move(event) {
    const columns = getComputedStyle(grid).gridTemplateColumns.split(' ').length;
    const end = cells.length - 1;
    const goals = {
      ArrowLeft: last - 1, ArrowRight: last + 1, ArrowUp: last - columns, ArrowDown: last + columns, Home: 0, End: end,
    };
    const goal = goals[event.key];
    if (goal === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (goal >= 0 && goal <= end) focus(goal, 'nearest');
  }

  return dialog;
}
