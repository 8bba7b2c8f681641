// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';
import { nextChange, pageOf, size } from './list.js';
import { blank, dress, Entry, measure, slot, sourceOf } from './pictures.js';

// Milliseconds that a picture may take to come while another is wanted already.
const patience = 150;
// And after how many it counts as one that does not come.
const longest = 45000;
// What a picture that is there may take to say how large it is.
const grace = 1000;
// At once, to learn why it did not come; then 1.5 s and 5 s after it did not.
const pauses = [0, 1500, 3500];

/**
 * Shows the picture at `viewer.place` by Galleria, which holds a run of the list's pages.
 *
 * One thing at a time: Galleria loads a picture, or its run changes. `viewer.advance` looks what is to be done next,
 * and is called when that may have changed.
 */
export function addStage(viewer) {
  const { galleria, list } = viewer;
  let run = { first: pageOf(viewer.place), last: pageOf(viewer.place) };
  let length = galleria.getDataLength();
  let isBusy = false;
  let shown;
  let loading;

  const entries = (pictures) => pictures.map((picture) => new Entry(viewer, picture));
  const sourceNow = (picture) => sourceOf(viewer, picture);

  viewer.advance = () => {
    const { place } = viewer;
    const picture = list.at(place);
    const change = nextChange(run, place, list.count);
    if (change && !viewer.isRenewed) fetchPage(change);
    if (isBusy) {
      if (loading && loading.picture.key !== picture?.key) setTimeout(giveUp, patience, loading);
      return;
    }
    if (viewer.isRenewed) {
      if (!picture) return fetchPage({ page: pageOf(place), isNeeded: true });
      viewer.isRenewed = false;
      return replace(pageOf(place));
    }
    if (!picture) return;
    if (change?.isNeeded) return alter(change);
    if (picture.key !== shown) return show(picture);
    preload();
    if (change && list.peek(change.page)) alter(change);
  };
  viewer.on('page', viewer.advance);

  function fetchPage({ page, isNeeded }) {
    if (list.peek(page)) return;
    if (isNeeded) galleria.$('loader').show().css('opacity', 0.4);
    list.page(page).catch(() => {});
  }

  function alter({ kind, page, drop }) {
    if (kind === 'replace') return replace(page);
    const data = entries(list.peek(page));
    const dropped = drop ? Math.min(size, list.count - (drop - 1) * size) : 0;
    const index = galleria.getIndex();
    if (kind === 'push') {
      galleria.push(data);
      if (drop) galleria.splice(0, dropped);
      run = { first: run.first + (drop ? 1 : 0), last: page };
    } else {
      galleria.splice(0, 0, ...data);
      if (drop) galleria.splice(length + data.length - dropped, dropped);
      run = { first: page, last: run.last - (drop ? 1 : 0) };
    }
    settle(data.length - dropped, kind === 'push' ? index - dropped : index + data.length);
  }

  function replace(page) {
    const data = entries(list.peek(page));
    galleria.splice(0, length, ...data);
    run = { first: page, last: page };
    settle(data.length - length, viewer.place - (page - 1) * size);
  }

  /** Galleria changes its data in a moment, and does not know that the picture on the stage has another index then. */
  function settle(growth, index) {
    isBusy = true;
    length += growth;
    setTimeout(() => {
      galleria.setIndex(Math.max(0, Math.min(index, length - 1)));
      isBusy = false;
      viewer.advance();
    }, 4);
  }

  function show(picture) {
    isBusy = true;
    shown = picture.key;
    loading = { picture };
    viewer.tell(picture, '');
    setTimeout(expire, longest, loading);
    galleria.show(viewer.place - (run.first - 1) * size);
  }

  function expire(late) {
    if (loading === late) late.image?.dispatchEvent(new Event('error'));
  }

  /** Galleria waits for a picture before it shows another; an empty one comes at once. */
  function giveUp(late) {
    if (loading !== late || late.image?.complete) return;
    galleria.setOptions('transition', 'none');
    late.isOver = true;
    dress(late.image);
  }

  const { transition } = galleria.getOptions();
  galleria.bind('image', () => queueMicrotask(() => {
    galleria.setOptions('transition', transition);
    // What was given up is not on the stage.
    if (loading?.isOver) shown = undefined;
    loading = undefined;
    isBusy = false;
    viewer.say('show');
    viewer.advance();
  }));

  const { load } = viewer.Galleria.Picture.prototype;
  viewer.Galleria.Picture.prototype.load = function (source, callback) {
    const { picture } = loading;
    const container = load.call(this, source, () => {
      let isOver = false;
      const go = () => {
        if (isOver) return;
        isOver = true;
        this.original = measure(this.image);
        callback.call(this, this);
      };
      if (this.image.naturalWidth) return go();
      // A window that changed in this moment made the browser fetch another size, and until that is there it knows none.
      this.image.addEventListener('load', go, { once: true });
      setTimeout(go, grace);
    });
    const { image } = this;
    loading.image = image;
    image.alt = source.toString() === blank ? '' : picture.name;
    viewer.jQuery(image).off('error').one('error', () => recover(this, picture, source));
    return container;
  };

  /** Lets Galleria go on without the picture, and tries it again behind the scenes. */
  async function recover(frame, picture, source) {
    const { image } = frame;
    dress(image);
    if (loading?.isOver) return;
    if (loading?.image === image) loading.isFailed = true;
    viewer.tell(picture, viewer.words.waiting);
    const reason = await viewer.seek(picture, source, pauses);
    if (frame.image !== image || shown !== picture.key) return;
    if (!reason || source.toString() === picture.animation) {
      image.addEventListener('load', () => {
        frame.original = measure(image);
        galleria.rescale();
        viewer.tell(picture, '');
      }, { once: true });
      if (!reason) return dress(image, source);
      // The animation has no view, but the picture may.
      delete picture.animation;
      viewer.jQuery(image).one('error', () => recover(frame, picture, sourceNow(picture)));
      return dress(image, sourceNow(picture));
    }
    viewer.tell(picture, reason, true);
  }

  function preload() {
    for (const step of [1, -1, 2]) {
      const picture = list.at((viewer.place + step + list.count) % list.count);
      if (picture && !viewer.lack(picture)) dress(new Image(), sourceNow(picture));
    }
  }

  // A larger stage may want a larger rendition. A browser that changes its mind about one on its way does not say when
  // the other fails.
  galleria.bind('rescale', () => {
    const { picture, image: coming, isOver, isFailed } = loading ?? {};
    if (coming?.srcset && !coming.naturalWidth && !isOver && !isFailed) dress(coming, sourceNow(picture));
    const image = galleria.getActiveImage();
    if (image?.srcset) image.sizes = slot(viewer);
  });

  /** Shows the picture on the stage anew, as it may look different now. */
  viewer.refresh = () => {
    shown = undefined;
    viewer.advance();
  };
}

/** What stands on the stage instead of a picture that cannot be shown: its name, why, and the ways to the file. */
export function addTile(viewer) {
  const { galleria, words, list } = viewer;
  const name = make('bdi');
  const reason = make('p');
  const open = make('a', { className: 'button-second', target: '_blank', rel: 'noopener' }, words.original);
  const download = make('a', { className: 'button-second' }, words.download);
  const again = make('button', { type: 'button', className: 'button-second' }, words.again);
  const tile = make('section', { className: 'gallery-tile', hidden: true },
    make('h2', {}, name), reason, make('p', { className: 'actions' }, open, download, again));
  again.addEventListener('click', () => {
    viewer.refresh();
    viewer.rest();
  });
  galleria.get('container').append(tile);

  const play = make('button', { type: 'button', className: 'gallery-play button', hidden: true }, words.playGIF);
  play.addEventListener('click', () => {
    viewer.played = list.at(viewer.place).key;
    viewer.refresh();
    viewer.rest();
  });
  galleria.get('container').append(play);

  const show = () => {
    const picture = list.at(viewer.place);
    const { key, text, isFinal } = viewer.state ?? {};
    const isLacking = Boolean(picture && key === picture.key && text && isFinal);
    tile.hidden = !isLacking;
    play.hidden = isLacking || !viewer.calm || !picture?.animation || viewer.played === picture.key;
    if (!isLacking) return;
    name.textContent = picture.name;
    reason.textContent = text;
    open.href = picture.original;
    download.href = picture.download;
    again.hidden = Boolean(viewer.lack(picture));
  };
  for (const event of ['move', 'state', 'lack']) viewer.on(event, show);
}
