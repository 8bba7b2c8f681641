// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check

/** @returns {Words} */
export function readWords() {
  return JSON.parse(document.getElementById('words')?.textContent ?? '{}');
}

/**
 * Puts parts into a sentence: `{count} pictures`.
 * @param {string} sentence
 * @param {Record<string, unknown>} parts
 */
export function fill(sentence, parts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(parts[name] ?? whole));
}

/** @type {Record<string, string>} */
const shapes = {
  previous: 'm15 5-7 7 7 7',
  next: 'm9 5 7 7-7 7',
  original: 'M13 5h6v6M19 5l-8 8M17 14v5H5V7h5',
  download: 'M12 4v10.5M7 10l5 5 5-5M5 19.5h14',
  zoom: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.2 15.2 20 20M10.5 7.7v5.6M7.7 10.5h5.6',
  enter: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  leave: 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5',
  play: 'M8 5v14l11-7z',
  pause: 'M8.5 5v14M15.5 5v14',
  grid: 'M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z',
  details: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5.5M12 7.5v.2',
  help: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9.5 9.6c.2-3.3 5.2-3 5 .2-.1 1.9-2.5 2-2.5 4M12 16.6v.2',
  close: 'm6 6 12 12M18 6 6 18',
};

/** @param {string} shape */
function icon(shape) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const attributes = {
    viewBox: '0 0 24 24', 'aria-hidden': 'true', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.8',
    'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', shape);
  svg.append(path);
  return svg;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Words} words
 * @param {string} word
 */
export function label(element, words, word) {
  element.setAttribute('aria-label', words[word]);
  element.title = words[word];
  if (shapes[word]) element.replaceChildren(icon(shapes[word]));
}

/**
 * @param {Words} words
 * @param {string} word
 * @param {(event: MouseEvent) => void} action
 */
export function makeTool(words, word, action) {
  const button = make('button', { type: 'button', className: `gallery-tool gallery-tool-${word}` });
  label(button, words, word);
  button.addEventListener('click', action);
  return button;
}
