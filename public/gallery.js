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
import { fill, readWords } from './gallery/words.js';

const texts = readWords();
const words = {
  ...texts,
  position: (place, total) => fill(texts.position, { place, total }),
  fact: {
    name: texts.factName, date: texts.factDate, size: texts.factSize, position: texts.factPosition, link: texts.factLink,
  },
  keys: [
    [['←', '→'], texts.keysArrows],
    [['Home', 'End'], texts.keysEnds],
    [['f'], texts.keysScreen],
    [['s'], texts.keysSlideshow],
    [['g'], texts.keysGrid],
    [['i'], texts.keysDetails],
    [['?'], texts.keysHelp],
    [['Esc'], texts.keysEscape],
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
