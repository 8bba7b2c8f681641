// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { fill, make } from './controls.js';

// Milliseconds that a picture has to stay before a screen reader is told.
const rest = 400;

/** Below the stage: name, place among the others, date. The page's title follows. */
export function addCaption(viewer) {
  const { galleria, words, list, language } = viewer;
  const pageTitle = document.title;
  const title = make('bdi');
  const facts = make('p', { className: 'gallery-facts' });
  const heard = make('p', { className: 'unseen gallery-heard' });
  heard.setAttribute('role', 'status');
  galleria.get('container').append(make('div', { className: 'gallery-caption' },
    make('p', { className: 'gallery-title' }, title), facts), heard);

  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  viewer.position = () => fill(words.position, {
    place: viewer.grouped(viewer.place + 1), total: viewer.grouped(list.count),
  });

  let said = list.at(viewer.place)?.key;
  let timer;
  function show() {
    const picture = list.at(viewer.place);
    const position = list.count > 1 ? viewer.position() : '';
    const notice = picture && viewer.state?.key === picture.key ? viewer.state.text : '';
    const date = picture && !Number.isNaN(picture.date.getTime()) ? days.format(picture.date) : '';
    title.textContent = picture?.title ?? '';
    title.title = picture?.name ?? '';
    facts.textContent = [position, notice || date].filter(Boolean).join(' · ');
    document.title = picture ? `${picture.title} – ${pageTitle}` : pageTitle;
    clearTimeout(timer);
    timer = setTimeout(tell, rest, picture, [picture?.title, position, notice].filter(Boolean).join(', '), notice);
  }

  /** The first picture is not news, nor is the same one at another place; and nobody wants to hear a slideshow. */
  function tell(picture, text, notice) {
    if (!picture) return;
    const isSame = said === picture.key + notice;
    said = picture.key + notice;
    if (!isSame && !viewer.isPlaying) heard.textContent = text;
  }

  for (const event of ['move', 'state']) viewer.on(event, show);
}

/**
 * Gives every picture the lasting address of its file. A step to a neighbour replaces the address, so that Back leaves
 * the gallery and not one picture of fifty; a jump adds to the history, so that Back returns to where one jumped from.
 */
export function followAddress(viewer) {
  const { list } = viewer;
  let current = list.at(viewer.place).id;
  let last = viewer.place;
  history.replaceState({ id: current }, '');

  viewer.on('move', () => {
    const picture = list.at(viewer.place);
    // Said again when its page has come.
    if (!picture) return;
    const distance = Math.abs(viewer.place - last);
    const isStep = distance <= 1 || distance === list.count - 1;
    last = viewer.place;
    if (picture.id === current) return;
    current = picture.id;
    try {
      history[isStep ? 'replaceState' : 'pushState']({ id: current }, '', picture.path);
    } catch {
      // A browser refuses when a held key writes too often; the next picture writes again.
    }
  });

  addEventListener('popstate', ({ state }) => {
    if (!state?.id) return;
    current = state.id;
    viewer.goTo(state.id);
  });
}
