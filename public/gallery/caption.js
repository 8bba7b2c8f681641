// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';
import { fill } from './words.js';

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

  let said;
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
    const isFirst = said === undefined;
    said = picture.key + notice;
    if (!isSame && !(isFirst && !notice) && !viewer.isPlaying) heard.textContent = text;
  }

  for (const event of ['move', 'state']) viewer.on(event, show);
}
