// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';
import { makeDialog } from './dialog.js';
import { pageOf, size } from './list.js';
import { fillCell } from './strip.js';

// Divisors of a page's size: every section but the last has full rows.
const divisors = [2, 3, 4, 5, 6, 10, 12, 15, 20];
// Milliseconds that a section has to be near before its page is fetched.
const rest = 120;

/**
 * All pictures at a glance, to jump from: a section for each page of the list, of a height known beforehand, filled
 * while it is near sight.
 */
export function add(viewer) {
  const { list, words } = viewer;
  const frame = make('div', { className: 'gallery-cells' });
  const dialog = makeDialog(words, 'grid', (body, element) => {
    if (!frame.isConnected) {
      body.append(frame);
      watch(element);
    }
    lay();
    focus(viewer.place, 'center');
  });
  const sections = [];
  let columns = 1;
  let last = 0;
  let near;

  function watch(root) {
    near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        target.isNear = isIntersecting;
        if (isIntersecting) fill(target);
        else if (!target.contains(document.activeElement)) target.replaceChildren();
      }
    }, { root, rootMargin: '100% 0px' });
    new ResizeObserver(() => {
      if (dialog.element.open) lay();
    }).observe(frame);
  }

  /** As many sections as there are pages, of their heights. */
  function lay() {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const gap = 0.5 * rem;
    const width = frame.clientWidth;
    const least = Math.min(9 * rem, 0.3 * width);
    columns = divisors.findLast((each) => (width - (each - 1) * gap) / each >= least) ?? 2;
    const row = Math.floor((width - (columns - 1) * gap) / columns / 1.5);
    frame.style.setProperty('--columns', columns);
    frame.style.setProperty('--row', `${row}px`);
    frame.cellWidth = `${Math.ceil(row * 1.5)}px`;
    const pages = pageOf(Math.max(0, list.count - 1));
    while (sections.length > pages) sections.pop().remove();
    while (sections.length < pages) {
      const section = make('ul');
      section.number = sections.push(section);
      frame.append(section);
      near.observe(section);
    }
    for (const section of sections) {
      const rows = Math.ceil(countOf(section) / columns);
      section.style.height = `${rows * row + (rows - 1) * gap}px`;
      if (section.isNear) fill(section);
    }
  }

  const countOf = ({ number }) => Math.min(size, list.count - (number - 1) * size);

  function fill(section) {
    const first = (section.number - 1) * size;
    const count = countOf(section);
    while (section.children.length > count) section.lastChild.remove();
    for (let index = 0; index < count; index += 1) {
      const item = section.children[index] ?? section.appendChild(makeItem(first + index));
      item.setAttribute('aria-setsize', list.count);
      const cell = item.firstChild;
      fillCell(viewer, cell, list.peek(section.number)?.[index], frame.cellWidth);
      if (first + index === viewer.place) cell.setAttribute('aria-current', 'true');
      else cell.removeAttribute('aria-current');
    }
    if (!list.peek(section.number)) setTimeout(fetchPage, rest, section);
  }

  function fetchPage(section) {
    if (section.isNear && !list.peek(section.number)) list.page(section.number).catch(() => {});
  }

  function makeItem(place) {
    const cell = make('button', { type: 'button', tabIndex: place === last ? 0 : -1 });
    cell.dataset.place = place;
    const item = make('li', {}, cell);
    item.setAttribute('aria-posinset', place + 1);
    return item;
  }

  const cellAt = (place) => frame.querySelector(`[data-place="${place}"]`);

  function focus(place, block) {
    const section = sections[pageOf(place) - 1];
    if (!cellAt(place)) fill(section);
    const old = cellAt(last);
    if (old) old.tabIndex = -1;
    last = place;
    const cell = cellAt(place);
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block });
  }

  function move(event) {
    const end = list.count - 1;
    const screen = columns * Math.max(1, Math.floor(dialog.element.clientHeight / frame.querySelector('button').offsetHeight) - 1);
    const goals = {
      ArrowLeft: last - 1, ArrowRight: last + 1, ArrowUp: last - columns, ArrowDown: last + columns, Home: 0, End: end,
      PageUp: Math.max(last % columns, last - screen), PageDown: Math.min(end, last + screen),
    };
    const goal = goals[event.key];
    if (goal === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (goal >= 0 && goal <= end) focus(goal, 'nearest');
  }

  frame.addEventListener('keydown', move);
  frame.addEventListener('click', ({ target }) => {
    const cell = target.closest('button');
    if (!cell) return;
    dialog.element.close();
    viewer.go(Number(cell.dataset.place));
  });
  for (const event of ['page', 'list', 'lack']) {
    viewer.on(event, () => {
      if (!dialog.element.open) return;
      last = Math.min(last, list.count - 1);
      lay();
    });
  }
  return dialog;
}
