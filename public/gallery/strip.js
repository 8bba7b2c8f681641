// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';
import { pageOf } from './list.js';
import { smallSet } from './pictures.js';

// Milliseconds, after the first failure: a second try after 1.5 s, a third after 5 s.
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
  image.src = picture.image256;
  cell.append(image);
}

function showLack(cell, { name, ending }, reason) {
  cell.setAttribute('aria-label', `${name}: ${reason}`);
  cell.replaceChildren(make('span', { className: 'gallery-lack' },
    make('b', {}, ending || '?'), make('bdi', {}, name), make('span', {}, reason)));
}

// From one small picture to the next, and how far beyond sight they are made; in rem and in pixels.
const step = 6;
const margin = 600;
// Milliseconds of rest before pages are fetched.
const rest = 120;

/** The strip of small pictures below: as long as the whole list, with buttons where it is in sight. */
export function addStrip(viewer) {
  const { galleria, list, words, calm } = viewer;
  const track = make('div', { className: 'gallery-track' });
  track.setAttribute('role', 'group');
  track.setAttribute('aria-label', words.strip);
  const strip = make('div', { className: 'gallery-strip' }, track);
  galleria.get('container').append(strip);
  const cells = new Map();
  let current;
  let timer;

  const stepWidth = () => step * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

  function cellAt(place) {
    const made = cells.get(place);
    if (made) return made;
    const cell = make('button', { type: 'button', tabIndex: -1 });
    cell.dataset.place = place;
    cell.style.left = `${place * step}rem`;
    cells.set(place, cell);
    return cell;
  }

  function render() {
    const width = stepWidth();
    const left = strip.scrollLeft - track.offsetLeft;
    const first = Math.max(0, Math.floor((left - margin) / width));
    const last = Math.min(list.count - 1, Math.floor((left + strip.clientWidth + margin) / width));
    // The current one stays, for the Tab key.
    const isKept = (place) => (place >= first && place <= last) || place === viewer.place;
    for (const [place, cell] of cells) {
      if (isKept(place)) continue;
      cell.remove();
      cells.delete(place);
    }
    track.style.width = `${list.count * step}rem`;
    const places = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    if (viewer.place < first) places.unshift(viewer.place);
    if (viewer.place > last) places.push(viewer.place);
    let next = track.firstChild;
    for (const place of places) {
      const cell = cellAt(place);
      fillCell(viewer, cell, list.at(place), `${step}rem`);
      if (cell === next) next = cell.nextSibling;
      else track.insertBefore(cell, next);
    }
    clearTimeout(timer);
    timer = setTimeout(fetchMissing, rest, pageOf(first), pageOf(Math.max(first, last)));
  }

  function fetchMissing(first, last) {
    for (let number = first; number <= last; number += 1) {
      if (!list.peek(number)) list.page(number).catch(() => {});
    }
  }

  function follow() {
    const hadFocus = track.contains(document.activeElement);
    const cell = cellAt(viewer.place);
    if (current !== cell) {
      current?.removeAttribute('aria-current');
      if (current) current.tabIndex = -1;
      cell.setAttribute('aria-current', 'true');
      cell.tabIndex = 0;
      current = cell;
    }
    render();
    const width = stepWidth();
    const left = track.offsetLeft + viewer.place * width - (strip.clientWidth - width) / 2;
    const isNear = Math.abs(left - strip.scrollLeft) < 2 * strip.clientWidth;
    strip.scrollTo({ left, behavior: isNear && !calm ? 'smooth' : 'auto' });
    if (hadFocus) cell.focus({ preventScroll: true });
  }

  let isAsked = false;
  strip.addEventListener('scroll', () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      render();
    });
  }, { passive: true });
  strip.addEventListener('wheel', (event) => {
    if (Math.abs(event.deltaY) <= Math.abs(event.deltaX) || event.ctrlKey) return;
    event.preventDefault();
    strip.scrollLeft += event.deltaY;
  }, { passive: false });
  track.addEventListener('click', ({ target }) => {
    const cell = target.closest('button');
    if (cell) viewer.go(Number(cell.dataset.place));
  });
  viewer.on('move', follow);
  for (const event of ['page', 'lack']) viewer.on(event, render);
  // Galleria tells of the window only, and before the strip has its width.
  new ResizeObserver(follow).observe(strip);
}
