// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';

/**
 * One quiet line above the stage, with a button: `viewer.notify(kind, text, action, act)`. `act` is a function, or the
 * address of a link. What is wrong comes before what is new; without a text a kind is over.
 */
export function addNotices(viewer, parent) {
  const line = make('div', { className: 'gallery-notice' });
  line.setAttribute('role', 'status');
  parent.append(line);
  const notices = {};

  viewer.notify = (kind, text, action, act) => {
    const before = notices[kind];
    if (before?.text === text && before?.action === action) return;
    notices[kind] = text || action ? { text, action, act } : undefined;
    show(['session', 'trouble', 'news'].map((each) => notices[each]).find(Boolean));
  };

  function show(notice) {
    if (!notice) return line.replaceChildren();
    const { text, action, act } = notice;
    const parts = text ? [make('span', {}, text)] : [];
    if (typeof act === 'string') parts.push(make('a', { href: act }, action));
    else if (act) {
      const button = make('button', { type: 'button' }, action);
      button.addEventListener('click', act);
      parts.push(button);
    }
    line.replaceChildren(...parts);
  }

  // The page itself leads through sign-in and back.
  viewer.signedOut = () => {
    viewer.notify('session', viewer.words.signedOut, viewer.words.signIn, location.pathname + location.search);
  };
}
