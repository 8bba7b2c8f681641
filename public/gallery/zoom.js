// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make, makeTool } from './controls.js';

/** The picture in its largest rendition, a pixel to a pixel, to be moved under the window. */
export function add(viewer) {
  const { list, words, galleria } = viewer;
  const image = make('img', { draggable: false });
  const view = make('div', { className: 'gallery-zoom-view', tabIndex: 0 }, image);
  view.setAttribute('role', 'region');
  const element = make('dialog', { className: 'gallery-zoom' }, view, makeTool(words, 'close', () => element.close()));
  document.body.append(element);
  // Where in the picture the middle of the window is to be, from 0 to 1.
  let middle;

  function fit() {
    if (!image.naturalWidth) return;
    const shown = galleria.getActiveImage()?.width ?? 0;
    // Never smaller than on the stage; a picture that has no more pixels comes closer all the same.
    image.width = image.naturalWidth > 1.2 * shown ? image.naturalWidth : 1.5 * shown;
    view.scrollTo(middle.x * view.scrollWidth - view.clientWidth / 2, middle.y * view.scrollHeight - view.clientHeight / 2);
  }

  /** Opens, with the point of the stage that was touched in the middle. */
  function open(point) {
    const picture = list.at(viewer.place);
    if (!picture || viewer.lack(picture) || element.open) return;
    const box = galleria.getActiveImage()?.getBoundingClientRect();
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
  drag(view, () => element.close());
  return { element, open, toggle: () => (element.open ? element.close() : open()) };
}

/** A mouse moves the picture by its hand, and leaves by a double click; a finger scrolls it as any other thing. */
function drag(view, leave) {
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
  view.addEventListener('dblclick', leave);
}
