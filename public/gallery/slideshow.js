// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { label, makeTool } from './controls.js';

// Milliseconds that a picture stays, from when it is there.
const stay = 5000;

/** Shows one picture after the other, until a person goes somewhere by themselves; waits while nobody can see it. */
export function addSlideshow({ galleria, words, pictures, caption }) {
  let isPlaying = false;
  let expected;
  let timer;
  const button = makeTool(words, 'play', toggle);

  function wait() {
    clearTimeout(timer);
    if (isPlaying && !document.hidden) timer = setTimeout(advance, stay);
  }

  function advance() {
    // It goes on when the dialog closes.
    if (document.querySelector('dialog[open]')) return;
    expected = (galleria.getIndex() + 1) % pictures.length;
    galleria.show(expected);
  }

  function toggle() {
    isPlaying = !isPlaying && pictures.length > 1;
    expected = galleria.getIndex();
    label(button, words, isPlaying ? 'pause' : 'play');
    // Nobody wants to hear a caption every five seconds.
    caption.setAttribute('aria-live', isPlaying ? 'off' : 'polite');
    wait();
  }

  galleria.bind('loadstart', (event) => {
    if (isPlaying && event.index !== expected) toggle();
  });
  galleria.bind('loadfinish', wait);
  document.addEventListener('visibilitychange', wait);
  // Does not bubble, and passes here on its way down.
  document.addEventListener('close', wait, true);
  return { button, toggle };
}
