// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { fill, make } from './controls.js';

/** @param {PositionTextParts} parts */
export function positionText({ cursor, list, words, formatNumber }) {
  return fill(words.position, { place: formatNumber(cursor.place + 1), total: formatNumber(list.count) });
}

export class Caption {
  #parts;
  #days;
  #pageTitle = document.title;
  #title = make('bdi');
  #facts = make('p', { className: 'gallery-facts' });
  #announcement = make('p', { className: 'unseen gallery-heard' });
  #timer = 0;
  #announced;

  /** @param {CaptionParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { cursor, events, language } = parts;
    this.#days = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
    this.#announced = cursor.picture?.key;
    this.#announcement.setAttribute('role', 'status');
    this.elements = [
      make('div', { className: 'gallery-caption' }, make('p', { className: 'gallery-title' }, this.#title), this.#facts),
      this.#announcement,
    ];
    events.on(['move', 'state'], () => this.#render());
  }

  #render() {
    const { picture } = this.#parts.cursor;
    const { state } = this.#parts.availability;
    const position = this.#parts.list.count > 1 ? this.#parts.positionText() : '';
    const notice = picture && state?.key === picture.key ? state.text : '';
    const date = picture && !Number.isNaN(picture.date.getTime()) ? this.#days.format(picture.date) : '';
    this.#title.textContent = picture?.title ?? '';
    this.#title.title = picture?.name ?? '';
    this.#facts.textContent = [position, notice || date].filter(Boolean).join(' · ');
    document.title = picture ? `${picture.title} – ${this.#pageTitle}` : this.#pageTitle;
    const text = [picture?.title, position, notice].filter(Boolean).join(', ');
    this.#parts.timing.clearTimeout(this.#timer);
    this.#timer = this.#parts.timing.setTimeout(() => this.#announce(picture, text, notice), this.#parts.timing.announcementDelay);
  }

  /**
   * Neither the first picture is announced, nor the same one at another place, nor a slideshow.
   * @param {Picture | undefined} picture
   * @param {string} text
   * @param {string} notice
   */
  #announce(picture, text, notice) {
    if (!picture) return;
    const isSame = this.#announced === picture.key + notice;
    this.#announced = picture.key + notice;
    if (!isSame && !this.#parts.slideshow.isPlaying) this.#announcement.textContent = text;
  }
}

/**
 * What replaces a picture without rendition, and the button that starts an animation.
 * @param {TileParts} parts
 * @returns {HTMLElement[]}
 */
export function makeTile({ cursor, availability, sources, events, words, refresh, focusViewer }) {
  const name = make('bdi');
  const reason = make('p');
  const open = make('a', { className: 'button-second', target: '_blank', rel: 'noopener' }, words.original);
  const download = make('a', { className: 'button-second' }, words.download);
  const retry = make('button', { type: 'button', className: 'button-second' }, words.again);
  const tile = make('section', { className: 'gallery-tile', hidden: true },
    make('h2', {}, name), reason, make('p', { className: 'actions' }, open, download, retry));
  retry.addEventListener('click', () => {
    refresh();
    focusViewer();
  });

  const play = make('button', { type: 'button', className: 'gallery-play button', hidden: true }, words.playGIF);
  play.addEventListener('click', () => {
    if (cursor.picture) sources.play(cursor.picture);
    refresh();
    focusViewer();
  });

  const render = () => {
    const { picture } = cursor;
    const { state } = availability;
    const isUnavailable = Boolean(picture && state?.key === picture.key && state.text && state.isFinal);
    tile.hidden = !isUnavailable;
    play.hidden = isUnavailable || !picture || !sources.offersAnimation(picture);
    if (!isUnavailable || !picture) return;
    name.textContent = picture.name;
    reason.textContent = state?.text ?? '';
    open.href = picture.original;
    download.href = picture.download;
    retry.hidden = Boolean(availability.unavailableReason(picture));
  };
  events.on(['move', 'state', 'unavailable'], render);
  return [tile, play];
}

/**
 * Gives every picture its permanent address. A step to a neighbour replaces the address, so that Back leaves the
 * gallery. A jump adds to the history, so that Back returns.
 * @param {FollowAddressParts} parts
 */
export function followAddress({ list, cursor, events, goTo }) {
  let current = cursor.picture?.id;
  let last = cursor.place;
  history.replaceState({ id: current }, '');

  events.on(['move'], () => {
    const { picture, place } = cursor;
    // `move` is emitted again when the page of the picture was loaded.
    if (!picture) return;
    const distance = Math.abs(place - last);
    const isStep = distance <= 1 || distance === list.count - 1;
    last = place;
    if (picture.id === current) return;
    current = picture.id;
    try {
      history[isStep ? 'replaceState' : 'pushState']({ id: current }, '', picture.path);
    } catch {
      // A browser refuses when a held key writes too often. The next picture writes again.
    }
  });

  addEventListener('popstate', ({ state }) => {
    if (!state?.id) return;
    current = state.id;
    goTo(state.id);
  });
}
