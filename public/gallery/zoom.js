// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { make, makeTool } from './controls.js';

/**
 * The dialog with the largest rendition, one pixel to one CSS pixel, which is moved under the window.
 * @param {ZoomParts} parts
 * @returns {ZoomDialog}
 */
export function makeZoom({ cursor, availability, words, galleria }) {
  const image = make('img', { draggable: false });
  const view = make('div', { className: 'gallery-zoom-view', tabIndex: 0 }, image);
  view.setAttribute('role', 'region');
  /** @type {HTMLDialogElement} */
  const element = make('dialog', { className: 'gallery-zoom' }, view, makeTool(words, 'close', () => element.close()));
  document.body.append(element);
  // The point of the picture at the middle of the window, from 0 to 1.
  let middle = { x: 0.5, y: 0.5 };

  function fit() {
    if (!image.naturalWidth) return;
    const shown = galleria.getActiveImage()?.width ?? 0;
    // Never smaller than on the stage. A picture without more pixels is enlarged all the same.
    image.width = image.naturalWidth > 1.2 * shown ? image.naturalWidth : 1.5 * shown;
    view.scrollTo(middle.x * view.scrollWidth - view.clientWidth / 2, middle.y * view.scrollHeight - view.clientHeight / 2);
  }

  /** @param {{ clientX: number, clientY: number }} [point] of the stage; comes to the middle. */
  function open(point) {
    const { picture } = cursor;
    if (!picture || availability.unavailableReason(picture) || element.open) return;
    const box = galleria.getActiveImage()?.getBoundingClientRect();
    /** @type {(at: number, from: number, length: number) => number} */
    const part = (at, from, length) => Math.min(1, Math.max(0, (at - from) / (length || 1)));
    middle = point && box
      ? { x: part(point.clientX, box.left, box.width), y: part(point.clientY, box.top, box.height) }
      : { x: 0.5, y: 0.5 };
    image.alt = picture.name;
    view.setAttribute('aria-label', picture.name);
    element.setAttribute('aria-label', `${words.zoom}: ${picture.name}`);
    element.showModal();
    view.focus();
    image.src = picture.image2048;
    if (image.complete) fit();
  }

  image.addEventListener('load', fit);
  element.addEventListener('close', () => {
    image.removeAttribute('src');
    image.removeAttribute('width');
  });
  attachDragging(view, () => element.close());
  return { element, open, toggle: () => (element.open ? element.close() : open()) };
}

/**
 * A mouse drags the picture and closes the dialog by a double click. A finger scrolls.
 * @param {HTMLElement} view
 * @param {() => void} close
 */
function attachDragging(view, close) {
  /** @type {PointerEvent | undefined} */
  let last;
  view.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    last = event;
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener('pointermove', (event) => {
    if (!last) return;
    view.scrollBy(last.clientX - event.clientX, last.clientY - event.clientY);
    last = event;
  });
  for (const kind of ['pointerup', 'pointercancel']) {
    view.addEventListener(kind, () => {
      last = undefined;
    });
  }
  view.addEventListener('dblclick', close);
}
