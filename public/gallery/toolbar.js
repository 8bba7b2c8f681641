// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { label, make, makeTool } from './controls.js';

// Of a picture in full screen, to its own size.
const largestRatio = 2;

/** @param {ToolbarParts} parts */
export function makeToolbar({ galleria, list, cursor, availability, events, words, slideshow, dialogs }) {
  /** @type {(word: string, properties?: Partial<HTMLAnchorElement>) => HTMLAnchorElement} */
  const link = (word, properties) => {
    const element = make('a', { className: `gallery-tool gallery-${word}`, ...properties });
    label(element, words, word);
    return element;
  };
  const original = link('original', { target: '_blank', rel: 'noopener' });
  const download = link('download');
  const zoom = makeTool(words, 'zoom', () => dialogs.zoom.toggle());
  const many = [makeTool(words, 'grid', () => dialogs.grid.toggle()), slideshow.button];

  const follow = () => {
    const { picture } = cursor;
    for (const each of many) each.hidden = list.count < 2;
    zoom.disabled = !picture || Boolean(availability.unavailableReason(picture));
    if (!picture) return;
    original.href = picture.original;
    download.href = picture.download;
  };
  events.on(['move', 'unavailable', 'list'], follow);

  const screen = makeTool(words, 'enter', () => galleria.toggleFullscreen());
  screen.classList.add('gallery-fullscreen');
  /** @type {[string, string, number][]} */
  const changes = [['fullscreen_enter', 'leave', largestRatio], ['fullscreen_exit', 'enter', 1]];
  for (const [change, word, ratio] of changes) {
    galleria.bind(change, () => {
      label(screen, words, word);
      galleria.setOptions('maxScaleRatio', ratio).rescale();
    });
  }

  return make('div', { className: 'gallery-tools' }, ...many, zoom,
    makeTool(words, 'details', () => dialogs.details.toggle()), download, original,
    makeTool(words, 'help', () => dialogs.help.toggle()), screen);
}

/**
 * Galleria's own arrows go through its run instead of the list.
 * @param {ArrowsParts} parts
 */
export function makeArrows({ cursor, words }) {
  return /** @type {[string, number][]} */ ([['previous', -1], ['next', 1]]).map(([word, by]) => {
    const arrow = makeTool(words, word, () => cursor.step(by));
    arrow.classList.add('gallery-arrow');
    return arrow;
  });
}

/**
 * Hides everything but the picture in full screen while there is no input.
 * @param {HideWhenIdleParts} parts
 */
export function hideWhenIdle({ galleria, timing }) {
  const container = galleria.get('container');
  let timer = 0;
  const show = () => {
    container.classList.remove('gallery-still');
    timing.clearTimeout(timer);
    timer = timing.setTimeout(() => container.classList.add('gallery-still'), timing.hideControlsDelay);
  };
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'focusin']) document.addEventListener(kind, show);
  galleria.bind('fullscreen_enter', show);
}

export class Slideshow {
  #parts;
  isPlaying = false;
  #expected;
  #timer = 0;

  /** @param {SlideshowParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { cursor, events, words } = parts;
    this.#expected = cursor.place;
    this.button = makeTool(words, 'play', () => this.toggle());
    events.on(['list'], () => {
      this.#expected = cursor.place;
    });
    events.on(['move'], () => {
      if (this.isPlaying && cursor.place !== this.#expected) this.toggle();
    });
    const schedule = () => this.#schedule();
    events.on(['show'], schedule);
    document.addEventListener('visibilitychange', schedule);
    // `close` does not bubble, but is captured.
    document.addEventListener('close', schedule, true);
  }

  toggle() {
    this.isPlaying = !this.isPlaying && this.#parts.list.count > 1;
    this.#expected = this.#parts.cursor.place;
    label(this.button, this.#parts.words, this.isPlaying ? 'pause' : 'play');
    this.#schedule();
  }

  #schedule() {
    this.#parts.timing.clearTimeout(this.#timer);
    if (!this.isPlaying || document.hidden) return;
    this.#timer = this.#parts.timing.setTimeout(() => this.#advance(), this.#parts.timing.slideDuration);
  }

  #advance() {
    // The slideshow resumes when the dialog closes.
    if (document.querySelector('dialog[open]')) return;
    this.#expected = (this.#parts.cursor.place + 1) % this.#parts.list.count;
    this.#parts.cursor.go(this.#expected);
  }
}

/**
 * Keyboard shortcuts. Keys in a form field or with a modifier belong to the browser.
 * @param {KeysParts} parts
 */
export function attachKeys({ galleria, list, cursor, slideshow, dialogs }) {
  /** @type {Record<string, () => unknown>} */
  const actions = {
    ArrowLeft: () => cursor.step(-1),
    ArrowRight: () => cursor.step(1),
    Home: () => cursor.go(0),
    End: () => cursor.go(list.count - 1),
  };
  // Without repetition: a held key would turn these on and off.
  /** @type {Record<string, () => unknown>} */
  const toggles = {
    f: () => galleria.toggleFullscreen(),
    s: () => slideshow.toggle(),
    g: () => list.count > 1 && dialogs.grid.toggle(),
    i: () => dialogs.details.toggle(),
    z: () => dialogs.zoom.toggle(),
    '?': () => dialogs.help.toggle(),
  };
  /** @type {Record<string, Dialog>} */
  const dialogOf = { g: dialogs.grid, i: dialogs.details, z: dialogs.zoom, '?': dialogs.help };

  // In full screen Galleria attaches keys of its own, and an arrow would go on by two pictures.
  galleria.attachKeyboard = () => galleria;

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.shiftKey && key !== '?') return;
    if (/** @type {Element} */ (target).closest('input, textarea, select, [contenteditable]')) return;
    const open = document.querySelector('dialog[open]');
    if (open && dialogOf[key]?.element !== open) return;
    if (key === 'Escape') {
      if (galleria.isFullscreen()) galleria.exitFullscreen();
      return;
    }
    const action = Object.hasOwn(actions, key) ? actions[key] : Object.hasOwn(toggles, key) ? toggles[key] : undefined;
    if (!action) return;
    event.preventDefault();
    if (event.repeat && action === toggles[key]) return;
    action();
  });
}

// A swipe, in pixels and pixels per millisecond.
const swipeDistance = 60;
const swipeSpeed = 0.4;
// In pixels.
const doubleTapDistance = 24;

/** @param {SwipeParts} parts */
export function attachSwipe({ galleria, list, cursor, reducedMotion, zoom, timing }) {
  const stage = galleria.get('stage');
  const images = galleria.get('images');
  /** @type {PointerEvent | undefined} */
  let start;
  /** @type {PointerEvent | undefined} */
  let tap;

  /** @param {number} x */
  const move = (x) => {
    images.style.translate = x && !reducedMotion ? `${x}px` : '';
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
    const distance = event.clientX - start.clientX;
    const speed = Math.abs(distance) / (event.timeStamp - start.timeStamp);
    const isTap = Math.hypot(distance, event.clientY - start.clientY) < 8;
    const isFar = Math.abs(distance) > swipeDistance || (Math.abs(distance) > 20 && speed > swipeSpeed);
    const isSwipe = start.pointerType !== 'mouse' && isFar;
    start = undefined;
    move(0);
    if (isSwipe) return cursor.step(distance < 0 ? 1 : -1);
    if (!isTap || event.button !== 0) return;
    const isSecond = tap && event.timeStamp - tap.timeStamp < timing.doubleTapInterval &&
      Math.hypot(event.clientX - tap.clientX, event.clientY - tap.clientY) < doubleTapDistance;
    tap = isSecond ? undefined : event;
    if (isSecond) zoom.open(event);
  });
  // The browser would drag the picture away as a file.
  stage.addEventListener('dragstart', (event) => event.preventDefault());
}
