// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

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
