// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { label, make, makeTool } from './controls.js';

// A picture is enlarged to its points in the page, and to twice as much on a full screen.
const largest = 2;
const stillAfter = 2500;

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

/** Arrows of our own: Galleria's are boxes, and ask it for the next picture, which the viewer knows better. */
export function addArrows({ galleria, words, step }) {
  for (const [word, by] of [['previous', -1], ['next', 1]]) {
    const arrow = makeTool(words, word, () => step(by));
    arrow.classList.add('gallery-arrow');
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

// Milliseconds that a picture stays.
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

/** The keys of the viewer. They rest in a form field and while a modifier is held: those belong to the browser. */
export function attachKeys(viewer, slideshow, dialogs) {
  const { galleria, list } = viewer;
  const actions = {
    ArrowLeft: () => viewer.step(-1),
    ArrowRight: () => viewer.step(1),
    Home: () => viewer.go(0),
    End: () => viewer.go(list.count - 1),
  };
  // A held key would turn these on and off.
  const toggles = {
    f: () => galleria.toggleFullscreen(),
    s: slideshow.toggle,
    g: () => list.count > 1 && dialogs.grid.toggle(),
    i: dialogs.details.toggle,
    z: dialogs.zoom.toggle,
    '?': dialogs.help.toggle,
  };
  const own = { g: dialogs.grid, i: dialogs.details, z: dialogs.zoom, '?': dialogs.help };

  // On a full screen Galleria attaches keys of its own, and an arrow would go two pictures far.
  galleria.attachKeyboard = () => galleria;

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.shiftKey && key !== '?') return;
    if (target.closest('input, textarea, select, [contenteditable]')) return;
    const open = document.querySelector('dialog[open]');
    if (open && own[key]?.element !== open) return;
    if (key === 'Escape') {
      if (galleria.isFullscreen()) galleria.exitFullscreen();
      return;
    }
    const act = Object.hasOwn(actions, key) ? actions[key] : Object.hasOwn(toggles, key) ? toggles[key] : undefined;
    if (!act) return;
    event.preventDefault();
    if (event.repeat && act === toggles[key]) return;
    act();
  });
}

// A finger that went so far, in pixels, or so fast, in pixels per millisecond, turns the page.
const far = 60;
const fast = 0.4;
// Two taps so near to each other, in milliseconds and pixels, are one of two.
const soon = 350;
const close = 24;

/** The stage under a finger: to the side for the next picture, twice for the zoom. */
export function attachSwipe({ galleria, calm, list, step }, zoom) {
  const stage = galleria.get('stage');
  const images = galleria.get('images');
  let start;
  let tap;

  const move = (x) => {
    images.style.translate = x && !calm ? `${x}px` : '';
  };

  stage.addEventListener('pointerdown', (event) => {
    start = event.isPrimary ? event : undefined;
    move(0);
  });
  addEventListener('pointermove', (event) => {
    if (start?.pointerId !== event.pointerId || start.pointerType === 'mouse' || list.count < 2) return;
    move(event.clientX - start.clientX);
  });
  addEventListener('pointercancel', () => {
    start = undefined;
    move(0);
  });
  addEventListener('pointerup', (event) => {
    if (start?.pointerId !== event.pointerId) return;
    const way = event.clientX - start.clientX;
    const speed = Math.abs(way) / (event.timeStamp - start.timeStamp);
    const isTap = Math.hypot(way, event.clientY - start.clientY) < 8;
    const isSwipe = start.pointerType !== 'mouse' && (Math.abs(way) > far || (Math.abs(way) > 20 && speed > fast));
    start = undefined;
    move(0);
    if (isSwipe) return step(way < 0 ? 1 : -1);
    if (!isTap || event.button !== 0) return;
    const isSecond = tap && event.timeStamp - tap.timeStamp < soon &&
      Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) < close;
    tap = isSecond ? undefined : event;
    if (isSecond) zoom.open(event);
  });
  // The browser would drag the picture away as a file.
  stage.addEventListener('dragstart', (event) => event.preventDefault());
}
