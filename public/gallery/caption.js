// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import { make } from './controls.js';

/** Below the stage: name, place among the others, date. The page's title follows. */
export function addCaption(viewer) {
  const { galleria, words, pictures, language } = viewer;
  const pageTitle = document.title;
  const title = make('bdi');
  const facts = make('p', { className: 'gallery-facts' });
  const caption = make('div', { className: 'gallery-caption' },
    make('p', { className: 'gallery-title' }, title), facts);
  caption.setAttribute('aria-live', 'polite');
  caption.setAttribute('aria-atomic', 'true');
  galleria.get('container').append(caption);

  const numbers = new Intl.NumberFormat(language);
  const days = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  viewer.position = (index) => words.position(numbers.format(index + 1), numbers.format(pictures.length));

  let current;
  function show(index) {
    current = index;
    const picture = pictures[index];
    const date = Number.isNaN(picture.date.getTime()) ? '' : days.format(picture.date);
    const position = pictures.length > 1 ? viewer.position(index) : '';
    title.textContent = picture.title;
    title.title = picture.name;
    facts.textContent = [position, viewer.notice(picture) || date].filter(Boolean).join(' · ');
    document.title = `${picture.title} – ${pageTitle}`;
  }

  viewer.caption = caption;
  viewer.refreshCaption = () => {
    if (current !== undefined) show(current);
  };
  galleria.bind('loadstart', (event) => show(event.index));
  galleria.bind('loadfinish', (event) => {
    event.imageTarget.alt = pictures[event.index].name;
  });
}
