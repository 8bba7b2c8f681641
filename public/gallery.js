// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { followAddress } from './gallery/address.js';
import { addCaption } from './gallery/caption.js';
import { addDetails } from './gallery/details.js';
import { fitGalleria } from './gallery/galleria.js';
import { addGrid } from './gallery/grid.js';
import { addHelp } from './gallery/help.js';
import { attachKeys } from './gallery/keys.js';
import { retryPictures } from './gallery/retries.js';
import { addSlideshow } from './gallery/slideshow.js';
import { addStrip } from './gallery/strip.js';
import { addTools, hideWhenStill, nameArrows } from './gallery/tools.js';

/** Everything this gallery says by script. */
const words = {
  previous: 'Previous picture',
  next: 'Next picture',
  original: 'Open the original',
  enter: 'Fill the screen',
  leave: 'Leave full screen',
  play: 'Start the slideshow',
  pause: 'Stop the slideshow',
  strip: 'All pictures',
  grid: 'All pictures at a glance',
  details: 'About this picture',
  help: 'Keys',
  close: 'Close',
  waiting: 'This picture did not arrive; trying again.',
  failed: 'There is no view of this picture. The original may still open.',
  position: (place, total) => `${place} of ${total}`,
  fact: { name: 'Name', date: 'Date', size: 'Size', position: 'Place', link: 'Link to this picture' },
  keys: [
    [['←', '→'], 'Previous and next picture'],
    [['Home', 'End'], 'First and last picture'],
    [['f'], 'Fill the screen, and leave it'],
    [['s'], 'Start and stop the slideshow'],
    [['g'], 'All pictures at a glance'],
    [['i'], 'About this picture'],
    [['?'], 'This list'],
    [['Esc'], 'Close what is open, leave full screen'],
  ],
};

const { Galleria, jQuery } = window;
const target = document.getElementById('gallery');
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const pictures = [...target.querySelectorAll('.sheet img')].map((image) => ({
  id: image.dataset.id.replace(/^id:/, ''),
  thumb: image.getAttribute('src'),
  image: image.closest('a').getAttribute('href'),
  name: image.alt,
  title: image.alt.replace(/(.)\.[^.]+$/u, '$1'),
  date: new Date(image.dataset.date),
  size: Number(image.dataset.size),
  original: image.dataset.original,
}));

if (Galleria && jQuery && pictures.length > 0) begin();

function begin() {
  const viewer = { words, pictures, calm, language: document.documentElement.lang };
  fitGalleria(viewer);
  retryPictures(viewer);
  Galleria.run(target, {
    carousel: false,
    // Names stay here: Galleria would write a title as HTML.
    dataSource: pictures.map(({ thumb, image }) => ({ thumb, image })),
    debug: false,
    dummy: '/assets/images/failed.svg',
    extend() {
      viewer.galleria = this;
      furnish(viewer);
    },
    idleMode: false,
    imageCrop: false,
    maxScaleRatio: 1,
    preload: 2,
    show: followAddress(viewer),
    showCounter: false,
    showInfo: false,
    swipe: 'auto',
    thumbCrop: true,
    thumbnails: 'lazy',
    transition: calm ? 'none' : 'fade',
    transitionSpeed: 250,
  });
}

function furnish(viewer) {
  const { galleria } = viewer;
  addCaption(viewer);
  addStrip(viewer);
  nameArrows(viewer);
  const dialogs = { grid: addGrid(viewer), details: addDetails(viewer), help: addHelp(viewer) };
  const slideshow = addSlideshow(viewer);
  addTools(viewer, slideshow, dialogs);
  attachKeys(viewer, slideshow, dialogs);
  hideWhenStill(viewer);
  galleria.get('container').classList.add('gallery-ready');
}
