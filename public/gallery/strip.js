// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { makeButton } from './controls.js';

/** The strip of small pictures below: buttons that load as they come into sight. */
export function addStrip(viewer) {
  const { galleria, pictures, words, calm } = viewer;
  const list = galleria.get('thumbnails-list');
  const group = galleria.get('thumbnails');
  const boxes = [...group.children];
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', words.strip);
  const places = new Map(boxes.map((box, index) => [box, index]));
  const inSight = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((each) => each.isIntersecting)) {
      inSight.unobserve(target);
      galleria.lazyLoad(places.get(target));
    }
  }, { root: list, rootMargin: '0px 600px' });
  for (const [box, index] of places) {
    box.setAttribute('aria-label', pictures[index].name);
    box.tabIndex = -1;
    makeButton(box);
    inSight.observe(box);
  }
  list.addEventListener('wheel', (event) => {
    if (Math.abs(event.deltaY) <= Math.abs(event.deltaX) || event.ctrlKey) return;
    event.preventDefault();
    list.scrollLeft += event.deltaY;
  }, { passive: false });

  let current;
  function follow(index) {
    const box = boxes[index];
    if (current !== box) {
      current?.removeAttribute('aria-current');
      if (current) current.tabIndex = -1;
      box.setAttribute('aria-current', 'true');
      box.tabIndex = 0;
      current = box;
    }
    const left = box.offsetLeft - (list.clientWidth - box.offsetWidth) / 2;
    // A long way is jumped: scrolling would load every thumbnail it passes.
    const isNear = Math.abs(left - list.scrollLeft) < 2 * list.clientWidth;
    list.scrollTo({ left, behavior: isNear && !calm ? 'smooth' : 'auto' });
    if (boxes.includes(document.activeElement)) box.focus({ preventScroll: true });
  }

  galleria.bind('loadstart', (event) => {
    follow(event.index);
    viewer.writeAddress(event.index);
  });
  galleria.bind('rescale', () => {
    if (typeof galleria.getIndex() === 'number') follow(galleria.getIndex());
  });
  galleria.bind('thumbnail', (event) => {
    event.thumbTarget.alt = '';
  });
}
