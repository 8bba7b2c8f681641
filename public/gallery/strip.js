// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { make } from './controls.js';
import { pageOf } from './list.js';
import { smallSet } from './pictures.js';

export class Cells {
  #parts;
  /** @type {WeakMap<Element, string>} */
  #states = new WeakMap();

  /** @param {CellsParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {HTMLElement} cell
   * @param {Picture | undefined} picture
   * @param {string} sizes
   */
  fill(cell, picture, sizes) {
    const reason = picture ? this.#parts.availability.unavailableReason(picture) : '';
    const state = picture ? picture.key + reason : '';
    if (this.#states.get(cell) === state) return;
    this.#states.set(cell, state);
    cell.replaceChildren();
    cell.title = picture?.name ?? '';
    cell.setAttribute('aria-label', [picture?.name, reason].filter(Boolean).join(': ') || this.#parts.words.coming);
    if (!picture) return;
    if (reason) showReason(cell, picture, reason);
    else this.#showImage(cell, picture, sizes);
  }

  /**
   * @param {HTMLElement} cell
   * @param {Picture} picture
   * @param {string} sizes
   */
  #showImage(cell, picture, sizes) {
    const state = this.#states.get(cell);
    const image = make('img', { alt: '', decoding: 'async', sizes, srcset: smallSet(picture) });
    image.addEventListener('error', async () => {
      const source = image.currentSrc;
      image.remove();
      const reason = await this.#parts.availability.retryLoad(picture, source, this.#parts.timing.thumbnailDelays);
      if (this.#states.get(cell) !== state || !cell.isConnected) return;
      if (reason) showReason(cell, picture, reason);
      else this.#showImage(cell, picture, sizes);
    }, { once: true });
    image.src = picture.image256;
    cell.append(image);
  }
}

/**
 * @param {HTMLElement} cell
 * @param {Picture} picture
 * @param {string} reason
 */
function showReason(cell, { name, ending }, reason) {
  cell.setAttribute('aria-label', `${name}: ${reason}`);
  cell.replaceChildren(make('span', { className: 'gallery-unavailable' },
    make('b', {}, ending || '?'), make('bdi', {}, name), make('span', {}, reason)));
}

// From one small picture to the next in rem, and how many pixels beyond the visible part cells are made.
const step = 6;
const margin = 600;

export class Strip {
  #parts;
  #track = make('div', { className: 'gallery-track' });
  element = make('div', { className: 'gallery-strip' }, this.#track);
  /** @type {Map<number, HTMLButtonElement>} */
  #buttons = new Map();
  /** @type {HTMLButtonElement | undefined} */
  #current;
  #timer = 0;

  /** @param {StripParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { events, words } = parts;
    this.#track.setAttribute('role', 'group');
    this.#track.setAttribute('aria-label', words.strip);
    this.#listen();
    events.on(['move'], () => this.#follow());
    events.on(['page', 'unavailable'], () => this.#render());
    // Galleria reports a resized window only, and does so before the strip has its width.
    new ResizeObserver(() => this.#follow()).observe(this.element);
  }

  #listen() {
    const { element } = this;
    let isScheduled = false;
    element.addEventListener('scroll', () => {
      if (isScheduled) return;
      isScheduled = true;
      requestAnimationFrame(() => {
        isScheduled = false;
        this.#render();
      });
    }, { passive: true });
    element.addEventListener('wheel', (event) => {
      if (Math.abs(event.deltaY) <= Math.abs(event.deltaX) || event.ctrlKey) return;
      event.preventDefault();
      element.scrollLeft += event.deltaY;
    }, { passive: false });
    this.#track.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      if (button) this.#parts.cursor.go(Number(button.dataset.place));
    });
  }

  get #stepWidth() {
    return step * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** @param {number} place */
  #buttonAt(place) {
    const existing = this.#buttons.get(place);
    if (existing) return existing;
    const button = make('button', { type: 'button', tabIndex: -1 });
    button.dataset.place = String(place);
    button.style.left = `${place * step}rem`;
    this.#buttons.set(place, button);
    return button;
  }

  #render() {
    const { element } = this;
    const { place: current } = this.#parts.cursor;
    const width = this.#stepWidth;
    const left = element.scrollLeft - this.#track.offsetLeft;
    const first = Math.max(0, Math.floor((left - margin) / width));
    const last = Math.min(this.#parts.list.count - 1, Math.floor((left + element.clientWidth + margin) / width));
    // The current button stays, for the Tab key.
    for (const [place, button] of this.#buttons) {
      if ((place >= first && place <= last) || place === current) continue;
      button.remove();
      this.#buttons.delete(place);
    }
    this.#track.style.width = `${this.#parts.list.count * step}rem`;
    const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    if (current < first) places.unshift(current);
    if (current > last) places.push(current);
    let next = this.#track.firstChild;
    for (const place of places) {
      const button = this.#buttonAt(place);
      this.#parts.cells.fill(button, this.#parts.list.at(place), `${step}rem`);
      if (button === next) next = button.nextSibling;
      else this.#track.insertBefore(button, next);
    }
    this.#parts.timing.clearTimeout(this.#timer);
    this.#timer = this.#parts.timing.setTimeout(
      () => this.#loadPages(pageOf(first), pageOf(Math.max(first, last))), this.#parts.timing.scrollRest);
  }

  /**
   * @param {number} first
   * @param {number} last
   */
  #loadPages(first, last) {
    for (let number = first; number <= last; number += 1) {
      if (!this.#parts.list.loadedPage(number)) this.#parts.list.page(number).catch(() => {});
    }
  }

  #follow() {
    const { element } = this;
    const hadFocus = this.#track.contains(document.activeElement);
    const button = this.#buttonAt(this.#parts.cursor.place);
    if (this.#current !== button) {
      this.#current?.removeAttribute('aria-current');
      if (this.#current) this.#current.tabIndex = -1;
      button.setAttribute('aria-current', 'true');
      button.tabIndex = 0;
      this.#current = button;
    }
    this.#render();
    const width = this.#stepWidth;
    const left = this.#track.offsetLeft + this.#parts.cursor.place * width - (element.clientWidth - width) / 2;
    const isNear = Math.abs(left - element.scrollLeft) < 2 * element.clientWidth;
    element.scrollTo({ left, behavior: isNear && !this.#parts.reducedMotion ? 'smooth' : 'auto' });
    if (hadFocus) button.focus({ preventScroll: true });
  }
}
