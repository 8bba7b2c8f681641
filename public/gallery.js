// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { Caption, followAddress, makeTile, positionText } from './gallery/caption.js';
import { Client, FolderPages, Renewal } from './gallery/client.js';
import { readWords } from './gallery/controls.js';
import { Cursor, Events, List, pageSize } from './gallery/list.js';
import { Availability, Entry, readPicture, Sources } from './gallery/pictures.js';
import { countAlbums, FolderHeader, Notices, Polling } from './gallery/polling.js';
import { Stage } from './gallery/stage.js';
import { Cells, Strip } from './gallery/strip.js';
import { makeTiming } from './gallery/timing.js';
import { attachKeys, attachSwipe, hideWhenIdle, makeArrows, makeToolbar, Slideshow } from './gallery/toolbar.js';

const { Galleria, jQuery } = window;
const target = document.getElementById('gallery');
if (Galleria && jQuery && target) start(target);

/**
 * @param {HTMLElement} target
 * @returns {PageParts}
 */
function makeParts(target) {
  const { folder = '', order = '', page, count, complete, version = '', chosen } = target.dataset;
  const timing = makeTiming(globalThis.galleryTiming);
  const words = readWords();
  const language = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(language);
  /** @param {number} number */
  const formatNumber = (number) => numbers.format(number);
  const events = new Events();
  const client = new Client({ timing });
  const notices = new Notices({ words });
  const header = new FolderHeader();
  const pages = new FolderPages({ folder, order, client, notices, words, timing });
  const list = new List({ fetchPage: (number) => pages.fetch(number), events });
  const pictures = [...target.querySelectorAll('.sheet [data-id]')].map(readPicture);
  list.replace({ page: Number(page), pictures, count: Number(count), isComplete: complete === 'true', version });
  const place = (Number(page) - 1) * pageSize + Math.max(0, pictures.findIndex(({ id }) => id === chosen));
  const cursor = new Cursor({ list, events, place });
  return { timing, words, language, formatNumber, events, client, notices, header, pages, list, cursor, pictures };
}

/** @param {HTMLElement} target */
function start(target) {
  const parts = makeParts(target);
  if (parts.pictures.length === 0) return mountAlbums(target, parts);
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
  /** @type {Galleria | undefined} */
  let galleria;
  const stageSize = () => ({ width: galleria?.getStageWidth() ?? NaN, height: galleria?.getStageHeight() ?? NaN });
  const availability = new Availability(parts);
  const sources = new Sources({ availability, reducedMotion, stageSize });
  adaptGalleria({ Galleria, jQuery, reducedMotion, timing: parts.timing });
  Galleria.run(target, {
    ...galleriaOptions({ reducedMotion, timing: parts.timing }),
    dataSource: parts.pictures.map((picture) => new Entry(sources, picture)),
    /** @this {Galleria} */
    extend() {
      galleria = this;
      mount(target, { ...parts, availability, sources, reducedMotion, galleria });
    },
  });
}

/**
 * @param {HTMLElement} target
 * @param {ViewerParts} parts
 */
function mount(target, parts) {
  const { list, cursor, events, notices, galleria, words, formatNumber, timing } = parts;
  const container = galleria.get('container');
  // Receives the focus when a button that has it is removed.
  container.tabIndex = -1;
  const focusViewer = () => container.focus();
  const position = () => positionText({ cursor, list, words, formatNumber });
  const renewal = new Renewal(parts);
  const slideshow = new Slideshow(parts);
  const cells = new Cells(parts);
  const caption = new Caption({ ...parts, slideshow, positionText: position });
  const strip = new Strip({ ...parts, cells });
  const stage = new Stage({ ...parts, Galleria, jQuery });
  const dialogs = makeDialogs({ ...parts, cells, positionText: position });
  const tile = makeTile({ ...parts, refresh: () => stage.refresh(), focusViewer });
  const toolbar = makeToolbar({ ...parts, slideshow, dialogs });
  container.append(
    notices.element, ...caption.elements, strip.element, ...makeArrows({ cursor, words }), ...tile, toolbar);
  attachKeys({ ...parts, slideshow, dialogs });
  attachSwipe({ ...parts, zoom: dialogs.zoom });
  hideWhenIdle({ galleria, timing });
  followAddress({ list, cursor, events, goTo: (id) => renewal.goTo(id) });
  const { poll } = new Polling({
    ...parts,
    onChange: () => renewal.renew(),
    onAccept() {
      focusViewer();
      return renewal.showNewest();
    },
  });
  countAlbums({ poll, timing });
  events.on(['list'], () => target.classList.toggle('gallery-single', list.count === 1));
  // Last, so that the rest of the page follows before the picture loads.
  events.on(['move'], stage.advance);
  events.emit('move');
  container.classList.add('gallery-ready');
}

/**
 * @param {GridParts & DetailsParts & HelpParts & ZoomParts} parts
 * @returns {Dialogs}
 */
function makeDialogs(parts) {
  return {
    grid: loadOnDemand(async () => (await import('./gallery/grid.js')).makeGrid(parts)),
    details: loadOnDemand(async () => (await import('./gallery/details.js')).makeDetails(parts)),
    help: loadOnDemand(async () => (await import('./gallery/help.js')).makeHelp(parts)),
    zoom: loadOnDemand(async () => (await import('./gallery/zoom.js')).makeZoom(parts)),
  };
}

/**
 * @param {() => Promise<Dialog | ZoomDialog>} load
 * @returns {ZoomDialog}
 */
function loadOnDemand(load) {
  /** @type {Promise<ZoomDialog> | undefined} */
  let loading;
  const make = () => {
    loading ??= load().then((loaded) => Object.assign(dialog, loaded));
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  /** @type {ZoomDialog} */
  const dialog = {
    toggle: () => make().then(() => dialog.toggle()),
    open: (point) => make().then(() => dialog.open(point)),
  };
  return dialog;
}

/**
 * @param {HTMLElement} target
 * @param {PageParts} parts
 */
function mountAlbums(target, parts) {
  const { list, notices, header, timing } = parts;
  target.append(notices.element);
  const reload = () => location.reload();
  const { poll } = new Polling({
    ...parts,
    onChange: (json) => (json.count > 0 || json.albums.length !== header.albumCount ? reload() : list.replace(json)),
    onAccept: reload,
  });
  countAlbums({ poll, timing });
}

/**
 * Adapts Galleria to the Content-Security-Policy and to reduced motion.
 * @param {AdaptGalleriaParts} parts
 */
function adaptGalleria({ Galleria, jQuery, reducedMotion, timing }) {
  // The Content-Security-Policy forbids the attribute, but not the property.
  jQuery.attrHooks.style = {
    /** @type {(element: HTMLElement, value: string) => string} */
    set(element, value) {
      element.style.cssText = value;
      return value;
    },
  };
  jQuery.fx.off = reducedMotion;
  // Galleria's own waits for the end of a CSS transition, which a browser may leave out.
  Galleria.addTransition('fade', (/** @type {any} */ { next, prev, speed }, /** @type {() => void} */ complete) => {
    Object.assign(next.style, { opacity: 1, left: 0 });
    next.animate({ opacity: [0, 1] }, speed);
    prev.style.opacity = 0;
    prev.animate({ opacity: [1, 0] }, speed);
    timing.setTimeout(complete, speed);
  });
  Galleria.addTheme({ name: 'gallery', version: Galleria.version, css: 'gallery.css', defaults: {}, init() {} });
}

/**
 * Turns off what the viewer does itself.
 * @param {GalleriaOptionsParts} parts
 */
function galleriaOptions({ reducedMotion, timing }) {
  return {
    carousel: false,
    debug: false,
    fullscreenDoubleTap: false,
    idleMode: false,
    imageCrop: false,
    maxScaleRatio: 1,
    preload: 0,
    show: false,
    showCounter: false,
    showInfo: false,
    swipe: false,
    thumbnails: false,
    transition: reducedMotion ? 'none' : 'fade',
    transitionSpeed: timing.fadeDuration,
  };
}
