// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { addCaption, followAddress } from './gallery/caption.js';
import { readWords } from './gallery/controls.js';
import { addRenewal, List, pageOf, size } from './gallery/list.js';
import { addFolder, addNotices, countAlbums, watchFolder } from './gallery/news.js';
import { addLacks, Entry, pictureOf } from './gallery/pictures.js';
import { addStage, addTile } from './gallery/stage.js';
import { addStrip } from './gallery/strip.js';
import { addArrows, addSlideshow, addTools, attachKeys, attachSwipe, hideWhenStill } from './gallery/tools.js';

const { Galleria, jQuery } = window;
const target = document.getElementById('gallery');
if (Galleria && jQuery && target) begin();

/** What all parts share: the list, the place in it, and what happens ('move', 'show', 'page', 'list', 'state', 'lack'). */
function makeViewer() {
  const { folder, order } = target.dataset;
  const language = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(language);
  const events = new EventTarget();
  const viewer = {
    Galleria, jQuery, folder, order, language,
    words: readWords(),
    calm: matchMedia('(prefers-reduced-motion: reduce)').matches,
    grouped: (number) => numbers.format(number),
    on: (event, act) => events.addEventListener(event, act),
    say: (event) => events.dispatchEvent(new Event(event)),
    place: 0,
  };
  viewer.list = new List({
    ask: (number) => viewer.fetchPage(number),
    arrived(number) {
      if (number === pageOf(viewer.place)) viewer.say('move');
      viewer.say('page');
    },
    stale: () => viewer.renew(),
  });
  viewer.go = (place) => {
    if (place === viewer.place) return;
    viewer.place = place;
    viewer.say('move');
    viewer.advance();
  };
  viewer.step = (by) => viewer.go((viewer.place + by + viewer.list.count) % viewer.list.count);
  return viewer;
}

function begin() {
  const viewer = makeViewer();
  const { list } = viewer;
  const { page, count, complete, version, chosen } = target.dataset;
  const pictures = [...target.querySelectorAll('.sheet [data-id]')].map(pictureOf);
  list.take({ page: Number(page), pictures, count: Number(count), isComplete: complete === 'true', version });
  viewer.place = (Number(page) - 1) * size + Math.max(0, pictures.findIndex(({ id }) => id === chosen));
  addLacks(viewer);
  addFolder(viewer);
  addRenewal(viewer);
  if (pictures.length === 0) return beginAlbums(viewer);
  fitGalleria(viewer);
  Galleria.run(target, {
    carousel: false,
    dataSource: pictures.map((picture) => new Entry(viewer, picture)),
    debug: false,
    extend() {
      viewer.galleria = this;
      furnish(viewer);
    },
    fullscreenDoubleTap: false,
    idleMode: false,
    imageCrop: false,
    maxScaleRatio: 1,
    preload: 0,
    // The viewer shows the first picture itself, and does the rest of what Galleria did here.
    show: false,
    showCounter: false,
    showInfo: false,
    swipe: false,
    thumbnails: false,
    transition: viewer.calm ? 'none' : 'fade',
    transitionSpeed: 250,
  });
}

/** Makes Galleria, made in 2012, keep the Content-Security-Policy and a person's wish for calm; its look is gallery.css. */
function fitGalleria({ calm }) {
  // jQuery would write the attribute, which the Content-Security-Policy forbids; the property may be written.
  jQuery.attrHooks.style = {
    set(element, value) {
      element.style.cssText = value;
      return value;
    },
  };
  jQuery.fx.off = calm;
  // Galleria's own waits for the end of a CSS transition, which a browser may leave out.
  Galleria.addTransition('fade', ({ next, prev, speed }, complete) => {
    Object.assign(next.style, { opacity: 1, left: 0 });
    next.animate({ opacity: [0, 1] }, speed);
    prev.style.opacity = 0;
    prev.animate({ opacity: [1, 0] }, speed);
    setTimeout(complete, speed);
  });
  Galleria.addTheme({ name: 'gallery', version: Galleria.version, css: 'gallery.css', defaults: {}, init() {} });
}

/** A dialog whose script is fetched when it is wanted first. */
function onDemand(viewer, name) {
  let asked;
  const make = () => {
    asked ??= import(`./gallery/${name}.js`).then((module) => Object.assign(dialog, module.add(viewer)));
    asked.catch(() => {
      asked = undefined;
    });
    return asked;
  };
  const dialog = { toggle: () => make().then(() => dialog.toggle()), open: (point) => make().then(() => dialog.open(point)) };
  return dialog;
}

function furnish(viewer) {
  const { galleria } = viewer;
  const container = galleria.get('container');
  // Takes the focus of a button that goes.
  container.tabIndex = -1;
  viewer.rest = () => container.focus();
  addNotices(viewer, container);
  addCaption(viewer);
  addStrip(viewer);
  addArrows(viewer);
  addStage(viewer);
  addTile(viewer);
  const dialogs = Object.fromEntries(['grid', 'details', 'help', 'zoom'].map((name) => [name, onDemand(viewer, name)]));
  const slideshow = addSlideshow(viewer);
  addTools(viewer, slideshow, dialogs);
  attachKeys(viewer, slideshow, dialogs);
  attachSwipe(viewer, dialogs.zoom);
  hideWhenStill(viewer);
  followAddress(viewer);
  const look = watchFolder(viewer, { take: viewer.renew, bring: viewer.bringNews });
  countAlbums(look);
  viewer.on('list', () => target.classList.toggle('gallery-single', viewer.list.count === 1));
  viewer.say('move');
  viewer.advance();
  container.classList.add('gallery-ready');
}

/** A folder without pictures of its own: the page is loaded anew when one comes. */
function beginAlbums(viewer) {
  addNotices(viewer, target);
  const albums = document.querySelectorAll('.albums a').length;
  const bring = () => location.reload();
  const take = (json) => (json.count > 0 || json.albums.length !== albums ? bring() : viewer.list.take(json));
  countAlbums(watchFolder(viewer, { take, bring }));
}
