// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { make } from './controls.js';
import { makeDialog } from './dialog.js';
import { pageOf, pageSize } from './list.js';

// Divisors of a page's size, so that every section but the last has full rows.
const divisors = [2, 3, 4, 5, 6, 10, 12, 15, 20];

/** @typedef {{ element: HTMLUListElement, number: number, isNear: boolean }} Section */

/**
 * The dialog with all pictures: a section for each page of the list, of known height, filled while it is nearly visible.
 * @param {GridParts} parts
 */
export function makeGrid({ list, cursor, cells, events, words, timing }) {
  const frame = make('div', { className: 'gallery-cells' });
  const dialog = makeDialog(words, 'grid', (body, element) => {
    if (!frame.isConnected) {
      body.append(frame);
      observe(element);
    }
    layOut();
    focus(cursor.place, 'center');
  });
  /** @type {Section[]} */
  const sections = [];
  let columns = 1;
  let cellWidth = '';
  /** The place of the cell that has the focus or had it last. */
  let last = 0;
  /** @type {IntersectionObserver} */
  let observer;

  /** @param {HTMLElement} root */
  function observe(root) {
    observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const section = sections.find(({ element }) => element === target);
        if (!section) continue;
        section.isNear = isIntersecting;
        if (isIntersecting) fill(section);
        else if (!target.contains(document.activeElement)) target.replaceChildren();
      }
    }, { root, rootMargin: '100% 0px' });
    new ResizeObserver(() => {
      if (dialog.element.open) layOut();
    }).observe(frame);
  }

  /** Makes as many sections as there are pages, and sets their heights. */
  function layOut() {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const gap = 0.5 * rem;
    const width = frame.clientWidth;
    const least = Math.min(9 * rem, 0.3 * width);
    columns = divisors.findLast((each) => (width - (each - 1) * gap) / each >= least) ?? 2;
    const row = Math.floor((width - (columns - 1) * gap) / columns / 1.5);
    frame.style.setProperty('--columns', String(columns));
    frame.style.setProperty('--row', `${row}px`);
    cellWidth = `${Math.ceil(row * 1.5)}px`;
    const pages = pageOf(Math.max(0, list.count - 1));
    for (const { element } of sections.splice(pages)) element.remove();
    while (sections.length < pages) {
      const element = make('ul');
      sections.push({ element, number: sections.length + 1, isNear: false });
      frame.append(element);
      observer.observe(element);
    }
    for (const section of sections) {
      const rows = Math.ceil(countOf(section) / columns);
      section.element.style.height = `${rows * row + (rows - 1) * gap}px`;
      if (section.isNear) fill(section);
    }
  }

  /** @param {Section} section */
  const countOf = ({ number }) => Math.min(pageSize, list.count - (number - 1) * pageSize);

  /** @param {Section} section */
  function fill(section) {
    const { element, number } = section;
    const first = (number - 1) * pageSize;
    const count = countOf(section);
    const pictures = list.loadedPage(number);
    while (element.children.length > count) element.lastChild?.remove();
    for (let index = 0; index < count; index += 1) {
      const item = element.children[index] ?? element.appendChild(makeItem(first + index));
      item.setAttribute('aria-setsize', String(list.count));
      const cell = /** @type {HTMLElement} */ (item.firstChild);
      cells.fill(cell, pictures?.[index], cellWidth);
      if (first + index === cursor.place) cell.setAttribute('aria-current', 'true');
      else cell.removeAttribute('aria-current');
    }
    if (!pictures) timing.setTimeout(loadPage, timing.scrollRest, section);
  }

  /** @param {Section} section */
  function loadPage({ isNear, number }) {
    if (isNear && !list.loadedPage(number)) list.page(number).catch(() => {});
  }

  /** @param {number} place */
  function makeItem(place) {
    const cell = make('button', { type: 'button', tabIndex: place === last ? 0 : -1 });
    cell.dataset.place = String(place);
    const item = make('li', {}, cell);
    item.setAttribute('aria-posinset', String(place + 1));
    return item;
  }

  /**
   * @param {number} place
   * @returns {HTMLElement | null}
   */
  const cellAt = (place) => frame.querySelector(`[data-place="${place}"]`);

  /**
   * @param {number} place
   * @param {ScrollLogicalPosition} block
   */
  function focus(place, block) {
    const section = sections[pageOf(place) - 1];
    if (!cellAt(place)) fill(section);
    const old = cellAt(last);
    if (old) old.tabIndex = -1;
    last = place;
    const cell = cellAt(place);
    if (!cell) return;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block });
  }

  /** @param {KeyboardEvent} event */
  function move(event) {
    const end = list.count - 1;
    const height = frame.querySelector('button')?.offsetHeight ?? 1;
    const screen = columns * Math.max(1, Math.floor(dialog.element.clientHeight / height) - 1);
    /** @type {Record<string, number>} */
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
    const cell = /** @type {Element} */ (target).closest('button');
    if (!cell) return;
    dialog.element.close();
    cursor.go(Number(cell.dataset.place));
  });
  events.on(['page', 'list', 'unavailable'], () => {
    if (!dialog.element.open) return;
    last = Math.min(last, list.count - 1);
    layOut();
  });
  return dialog;
}
