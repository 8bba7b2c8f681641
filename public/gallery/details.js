// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { fill, make } from './controls.js';
import { makeDialog } from './dialog.js';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/**
 * The dialog with the facts about the current picture. Those of Dropbox are requested once for each picture.
 * @param {DetailsParts} parts
 */
export function makeDetails({ cursor, client, notices, words, language, positionText }) {
  /** @type {Map<string, Facts>} */
  const known = new Map();

  /**
   * @param {Date} date
   * @param {string} [zone] a camera writes the time of its own clock, without a zone.
   */
  const timeElement = (date, zone) =>
    make('time', { dateTime: date.toISOString() }, new Intl.DateTimeFormat(language, {
      dateStyle: 'full', timeStyle: 'short', timeZone: zone,
    }).format(date));

  /** @param {number} bytes */
  function sizeText(bytes) {
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    const form = /** @type {const} */ ({
      style: 'unit', unit: units[power], maximumSignificantDigits: 3, unitDisplay: 'short',
    });
    return new Intl.NumberFormat(language, form).format(bytes / 1000 ** power);
  }

  /** @param {Facts} facts */
  function dimensions({ width, height }) {
    if (!width || !height) return null;
    const megapixels = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(width * height / 1e6);
    return fill(words.dimensions, { width, height, megapixels });
  }

  /**
   * @param {HTMLElement} body
   * @param {Picture} picture
   * @param {Facts} facts
   */
  function show(body, picture, facts) {
    const { name, date, bytes, path, original, download } = picture;
    /** @type {[string, Node | string | null | undefined][]} */
    const lines = [
      [words.factName, make('bdi', {}, name)],
      [words.factTaken, facts.taken ? timeElement(new Date(facts.taken * 1000), 'UTC') : facts.note],
      [words.factDimensions, dimensions(facts)],
      [words.factSize, Number.isFinite(bytes) ? sizeText(bytes) : null],
      [words.factDate, Number.isNaN(date.getTime()) ? null : timeElement(date)],
      [words.factPosition, positionText()],
      [words.factLink, make('a', { href: path }, new URL(path, location.href).href)],
    ];
    const elements = lines.flatMap(([fact, value]) =>
      value ? [make('div', {}, make('dt', {}, fact), make('dd', {}, value))] : []);
    body.replaceChildren(
      make('dl', {}, ...elements),
      make('p', { className: 'actions' },
        make('a', { className: 'button-second', href: original, target: '_blank', rel: 'noopener' }, words.original),
        make('a', { className: 'button-second', href: download }, words.download)));
  }

  /**
   * @param {Picture} picture
   * @returns {Promise<Facts>}
   */
  async function load(picture) {
    const before = known.get(picture.key);
    if (before) return before;
    const facts = await (await client.get(picture.details)).json();
    known.set(picture.key, facts);
    return facts;
  }

  const dialog = makeDialog(words, 'details', async (body) => {
    const { picture } = cursor;
    if (!picture) return dialog.element.close();
    show(body, picture, known.get(picture.key) ?? { note: words.asking });
    const facts = await load(picture).catch((error) => {
      if (error.status === 401) notices.showSignedOut();
      return { note: words.notKnown };
    });
    if (dialog.element.open && cursor.picture?.key === picture.key) {
      show(body, picture, { note: words.notKnown, ...facts });
    }
  });
  return dialog;
}
