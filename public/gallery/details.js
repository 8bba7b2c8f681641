// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { make, makeDialog } from './controls.js';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** What is known about the picture on the stage. */
export function addDetails({ galleria, words, pictures, language, ...viewer }) {
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });

  function sizeText(bytes) {
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    const form = { style: 'unit', unit: units[power], maximumSignificantDigits: 3, unitDisplay: 'short' };
    return new Intl.NumberFormat(language, form).format(bytes / 1000 ** power);
  }

  return makeDialog(words, 'details', (body) => {
    const index = galleria.getIndex();
    const { id, name, date, size } = pictures[index];
    const facts = {
      name: make('bdi', {}, name),
      date: Number.isNaN(date.getTime()) ? null : make('time', { dateTime: date.toISOString() }, moments.format(date)),
      size: Number.isFinite(size) ? sizeText(size) : null,
      position: viewer.position(index),
      link: make('a', { href: `#${id}` }, `${location.origin}${location.pathname}#${id}`),
    };
    const lines = Object.entries(facts).filter(([, value]) => value);
    body.replaceChildren(make('dl', {}, ...lines.map(([fact, value]) =>
      make('div', {}, make('dt', {}, words.fact[fact]), make('dd', {}, value)))));
  });
}
