// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { label, makeTool } from './controls.js';

// Milliseconds that a picture stays, from when it is there.
const stay = 5000;

/** Shows one picture after the other, until a person goes somewhere by themselves; waits while nobody can see it. */
export function addSlideshow(viewer) {
  const { words, list } = viewer;
  let expected;
  let timer;
  const button = makeTool(words, 'play', toggle);
  viewer.isPlaying = false;

  function wait() {
    clearTimeout(timer);
    if (viewer.isPlaying && !document.hidden) timer = setTimeout(advance, stay);
  }

  function advance() {
    // It goes on when the dialog closes.
    if (document.querySelector('dialog[open]')) return;
    expected = (viewer.place + 1) % list.count;
    viewer.go(expected);
  }

  function toggle() {
    viewer.isPlaying = !viewer.isPlaying && list.count > 1;
    expected = viewer.place;
    label(button, words, viewer.isPlaying ? 'pause' : 'play');
    wait();
  }

  viewer.on('list', () => {
    expected = viewer.place;
  });
  viewer.on('move', () => {
    if (viewer.isPlaying && viewer.place !== expected) toggle();
  });
  viewer.on('show', wait);
  document.addEventListener('visibilitychange', wait);
  // Does not bubble, and passes here on its way down.
  document.addEventListener('close', wait, true);
  return { button, toggle };
}
