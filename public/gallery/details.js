// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { fill, make } from './controls.js';
import { makeDialog } from './dialog.js';
import { ask } from './list.js';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** What is known about the picture on the stage; what Dropbox knows of it is asked once. */
export function add(viewer) {
  const { words, list, language } = viewer;
  const known = new Map();
  // A camera writes the time of its own clock, without a zone.
  const moment = (date, zone) =>
    make('time', { dateTime: date.toISOString() }, new Intl.DateTimeFormat(language, {
      dateStyle: 'full', timeStyle: 'short', timeZone: zone,
    }).format(date));

  function sizeText(bytes) {
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    const form = { style: 'unit', unit: units[power], maximumSignificantDigits: 3, unitDisplay: 'short' };
    return new Intl.NumberFormat(language, form).format(bytes / 1000 ** power);
  }

  function dimensions({ width, height }) {
    if (!width || !height) return null;
    const megapixels = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(width * height / 1e6);
    return fill(words.dimensions, { width, height, megapixels });
  }

  function show(body, picture, facts) {
    const { name, date, bytes, path, original, download } = picture;
    const lines = [
      [words.factName, make('bdi', {}, name)],
      [words.factTaken, facts.taken ? moment(new Date(facts.taken * 1000), 'UTC') : facts.note],
      [words.factDimensions, dimensions(facts)],
      [words.factSize, Number.isFinite(bytes) ? sizeText(bytes) : null],
      [words.factDate, Number.isNaN(date.getTime()) ? null : moment(date)],
      [words.factPosition, viewer.position()],
      [words.factLink, make('a', { href: path }, new URL(path, location.href).href)],
    ].filter(([, value]) => value);
    body.replaceChildren(
      make('dl', {}, ...lines.map(([fact, value]) =>
        make('div', {}, make('dt', {}, fact), make('dd', {}, value)))),
      make('p', { className: 'actions' },
        make('a', { className: 'button-second', href: original, target: '_blank', rel: 'noopener' }, words.original),
        make('a', { className: 'button-second', href: download }, words.download)));
  }

  async function look(picture) {
    const before = known.get(picture.key);
    if (before) return before;
    const facts = await (await ask(picture.details)).json();
    known.set(picture.key, facts);
    return facts;
  }

  const dialog = makeDialog(words, 'details', async (body) => {
    const picture = list.at(viewer.place);
    if (!picture) return dialog.element.close();
    show(body, picture, known.get(picture.key) ?? { note: words.asking });
    const facts = await look(picture).catch((refusal) => {
      if (refusal.status === 401) viewer.signedOut();
      return { note: words.notKnown };
    });
    if (dialog.element.open && list.at(viewer.place)?.key === picture.key) {
      show(body, picture, { note: words.notKnown, ...facts });
    }
  });
  return dialog;
}
