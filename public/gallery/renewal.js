// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { ask, askAgain, asJSON } from './ask.js';
import { pageOf, size } from './list.js';
import { picture } from './pictures.js';

// The first at once; then after 1.5 s and 5 s.
const pauses = [0, 1500, 3500];
const muchLater = [15000];

/** Pages of the list from the service, and the list as a whole when it has become another. */
export function addRenewal(viewer) {
  const { words, folder, order } = viewer;

  viewer.pagePath = (number, since) =>
    `${folder}?sort=${order}&page=${number}${since ? `&since=${encodeURIComponent(since)}` : ''}`;

  const parse = (json) => ({ ...json, pictures: json.pictures.map(picture) });

  /** Fetches a page; as long as it does not come, that is said and tried again. */
  viewer.fetchPage = async (number) => {
    for (let waits = pauses; ; waits = muchLater) {
      try {
        const answer = await askAgain(viewer.pagePath(number), asJSON, waits);
        viewer.notify('trouble');
        return parse(await answer.json());
      } catch (refusal) {
        if (refusal.status === 401) viewer.signedOut();
        else viewer.notify('trouble', refusal.isPassing ? words.pageMissing : words.folderMissing, words.reload, location.pathname);
        if (!refusal.isPassing) throw refusal;
      }
    }
  };

  const askPage = async (path) => parse(await (await ask(path, asJSON)).json());

  /** The page that holds a picture; undefined when the folder holds it no more. */
  async function pageWith({ id, path }) {
    const json = await askPage(`${path}?sort=${order}`).catch((refusal) => {
      if (refusal.status !== 404) throw refusal;
    });
    return json?.folder.path === folder && json.chosen === id ? json : undefined;
  }

  /** The list is another now: shows it, around the same picture where there still is one. */
  function take(json, place) {
    if (json.count === 0) return location.reload();
    viewer.list.take(json);
    viewer.place = Math.min(place, json.count - 1);
    viewer.isRenewed = true;
    viewer.showFolder(json);
    viewer.say('list');
    viewer.say('move');
    viewer.advance();
  }

  const placeIn = (json) =>
    (json.page - 1) * size + Math.max(0, json.pictures.findIndex(({ id }) => id === json.chosen));

  let isUnderWay = false;
  viewer.renew = async () => {
    const before = viewer.place;
    const kept = viewer.list.at(before);
    // What is on its way brings a new list itself.
    if (isUnderWay || !kept) return;
    isUnderWay = true;
    try {
      const json = await pageWith(kept);
      // A person may have gone on meanwhile.
      const way = viewer.place - before;
      if (json) take(json, Math.max(0, placeIn(json) + way));
      else {
        const there = await askPage(viewer.pagePath(pageOf(viewer.place)));
        take(there, viewer.place);
      }
    } finally {
      isUnderWay = false;
    }
  };

  /** Brings new pictures in, and shows the newest where it stands first. */
  viewer.bringNews = async () => {
    if (order !== 'newest') return viewer.renew();
    take(await askPage(viewer.pagePath(1)), 0);
  };

  /** Shows a picture by its id; the page is loaded anew when it is not in this folder. */
  viewer.goTo = async (id) => {
    const place = viewer.list.placeOf(id);
    if (place >= 0) return viewer.go(place);
    const path = `/pictures/${encodeURIComponent(id.replace(/^id:/, ''))}`;
    const json = await pageWith({ id, path }).catch(() => undefined);
    if (json) take(json, placeIn(json));
    else location.reload();
  };
}
