// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { label, make, makeButton, makeTool } from './controls.js';

// A picture is enlarged to its points in the page, and to twice as much on a full screen.
const largest = 2;
const stillAfter = 2500;

/** The row of buttons below the stage. */
export function addTools(viewer, slideshow, dialogs) {
  const { galleria, list, words } = viewer;
  const link = (word, properties) => {
    const element = make('a', { className: `gallery-tool gallery-${word}`, ...properties });
    label(element, words, word);
    return element;
  };
  const original = link('original', { target: '_blank', rel: 'noopener' });
  const download = link('download');
  const zoom = makeTool(words, 'zoom', dialogs.zoom.toggle);
  const many = [makeTool(words, 'grid', dialogs.grid.toggle), slideshow.button];

  const follow = () => {
    const picture = list.at(viewer.place);
    for (const each of many) each.hidden = list.count < 2;
    zoom.disabled = !picture || Boolean(viewer.lack(picture));
    if (!picture) return;
    original.href = picture.original;
    download.href = picture.download;
  };
  for (const event of ['move', 'lack', 'list']) viewer.on(event, follow);

  const screen = makeTool(words, 'enter', () => galleria.toggleFullscreen());
  screen.classList.add('gallery-fullscreen');
  for (const [change, word, ratio] of [['fullscreen_enter', 'leave', largest], ['fullscreen_exit', 'enter', 1]]) {
    galleria.bind(change, () => {
      label(screen, words, word);
      galleria.setOptions('maxScaleRatio', ratio).rescale();
    });
  }

  galleria.get('container').append(make('div', { className: 'gallery-tools' }, ...many, zoom,
    makeTool(words, 'details', dialogs.details.toggle), download, original,
    makeTool(words, 'help', dialogs.help.toggle), screen));
}

/** Galleria's arrows, which ask it for the next picture; the viewer knows better which that is. */
export function nameArrows(viewer) {
  const { galleria, words } = viewer;
  galleria.next = () => viewer.step(1);
  galleria.prev = () => viewer.step(-1);
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
