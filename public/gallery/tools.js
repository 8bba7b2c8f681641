// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { label, make, makeButton, makeTool } from './controls.js';

// A picture is never enlarged beyond its points in the page, and twice at most on a full screen.
const largest = 2;
const stillAfter = 2500;

/** The row of buttons below the stage. */
export function addTools(viewer, slideshow, dialogs) {
  const { galleria, pictures, words } = viewer;
  const original = make('a', { className: 'gallery-tool gallery-original', target: '_blank', rel: 'noopener' });
  label(original, words, 'original');
  galleria.bind('loadstart', (event) => {
    original.href = pictures[event.index].original;
  });

  const screen = makeTool(words, 'enter', () => galleria.toggleFullscreen());
  screen.classList.add('gallery-fullscreen');
  for (const [change, word, ratio] of [['fullscreen_enter', 'leave', largest], ['fullscreen_exit', 'enter', 1]]) {
    galleria.bind(change, () => {
      label(screen, words, word);
      galleria.setOptions('maxScaleRatio', ratio).rescale();
    });
  }

  const many = pictures.length > 1 ? [makeTool(words, 'grid', dialogs.grid.toggle), slideshow.button] : [];
  galleria.get('container').append(make('div', { className: 'gallery-tools' }, ...many,
    makeTool(words, 'details', dialogs.details.toggle), original,
    makeTool(words, 'help', dialogs.help.toggle), screen));
}

export function nameArrows({ galleria, words }) {
  for (const [part, word] of [['image-nav-left', 'previous'], ['image-nav-right', 'next']]) {
    const arrow = galleria.get(part);
    label(arrow, words, word);
    arrow.tabIndex = 0;
    makeButton(arrow);
    // Out of the stage, which cuts off what reaches beyond it.
    galleria.get('container').append(arrow);
  }
}

/** On a full screen the picture is alone while nobody moves. */
export function hideWhenStill({ galleria }) {
  const container = galleria.get('container');
  let timer;
  const move = () => {
    container.classList.remove('gallery-still');
    clearTimeout(timer);
    timer = setTimeout(() => container.classList.add('gallery-still'), stillAfter);
  };
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'focusin']) document.addEventListener(kind, move);
  galleria.bind('fullscreen_enter', move);
}
