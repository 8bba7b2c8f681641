// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
import { nextChange, pageOf, pageSize } from './list.js';
import { blank, Entry, measure, setSource } from './pictures.js';

/**
 * Shows the current picture in Galleria, which holds a run of pages of the list.
 *
 * `advance` decides what comes next: Galleria loads a picture, or its run changes.
 */
export class Stage {
  #parts;
  #run;
  #length;
  #isBusy = false;
  /** Whether the run belongs to a list that was replaced. */
  #isStale = false;
  /**
   * The key of the picture that is shown or loading.
   * @type {string | undefined}
   */
  #shown;
  /** @type {Loading | undefined} */
  #loading;

  /** @param {StageParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { galleria, Galleria, cursor, events } = parts;
    this.#run = { first: pageOf(cursor.place), last: pageOf(cursor.place) };
    this.#length = galleria.getDataLength();
    events.on(['list'], () => {
      this.#isStale = true;
    });
    events.on(['page'], this.advance);
    this.#followGalleria();
    this.#replaceLoading(Galleria);
  }

  advance = () => {
    const { place, picture } = this.#parts.cursor;
    const change = nextChange(this.#run, place, this.#parts.list.count);
    if (change && !this.#isStale) this.#fetchPage(change);
    if (this.#isBusy) {
      const loading = this.#loading;
      if (loading && loading.picture.key !== picture?.key) {
        this.#parts.timing.setTimeout(() => this.#abandon(loading), this.#parts.timing.abandonDelay);
      }
      return;
    }
    if (this.#isStale) {
      if (!picture) return this.#fetchPage({ page: pageOf(place), isNeeded: true });
      this.#isStale = false;
      return this.#replaceRun(pageOf(place));
    }
    if (!picture) return;
    if (change?.isNeeded) return this.#changeRun(change);
    if (picture.key !== this.#shown) return this.#show(picture);
    this.#preload();
    if (change && this.#parts.list.loadedPage(change.page)) this.#changeRun(change);
  };

  /** Shows the current picture again, because its source may have changed. */
  refresh() {
    this.#shown = undefined;
    this.advance();
  }

  /** @param {{ page: number, isNeeded: boolean }} change */
  #fetchPage({ page, isNeeded }) {
    if (this.#parts.list.loadedPage(page)) return;
    if (isNeeded) this.#parts.galleria.$('loader').show().css('opacity', 0.4);
    this.#parts.list.page(page).catch(() => {});
  }

  /** @param {number} page */
  #entries(page) {
    return (this.#parts.list.loadedPage(page) ?? []).map((picture) => new Entry(this.#parts.sources, picture));
  }

  /** @param {RunChange} change */
  #changeRun({ kind, page, drop }) {
    if (kind === 'replace') return this.#replaceRun(page);
    const galleria = this.#parts.galleria;
    const data = this.#entries(page);
    const dropped = drop ? Math.min(pageSize, this.#parts.list.count - (drop - 1) * pageSize) : 0;
    const index = galleria.getIndex();
    const { first, last } = this.#run;
    if (kind === 'push') {
      galleria.push(data);
      if (drop) galleria.splice(0, dropped);
      this.#run = { first: first + (drop ? 1 : 0), last: page };
    } else {
      galleria.splice(0, 0, ...data);
      if (drop) galleria.splice(this.#length + data.length - dropped, dropped);
      this.#run = { first: page, last: last - (drop ? 1 : 0) };
    }
    this.#setIndex(data.length - dropped, kind === 'push' ? index - dropped : index + data.length);
  }

  /** @param {number} page */
  #replaceRun(page) {
    const data = this.#entries(page);
    this.#parts.galleria.splice(0, this.#length, ...data);
    this.#run = { first: page, last: page };
    this.#setIndex(data.length - this.#length, this.#parts.cursor.place - (page - 1) * pageSize);
  }

  /**
   * Galleria changes its data after a moment, and does not know that the shown picture has another index then.
   * @param {number} growth
   * @param {number} index
   */
  #setIndex(growth, index) {
    this.#isBusy = true;
    this.#length += growth;
    this.#parts.timing.setTimeout(() => {
      this.#parts.galleria.setIndex(Math.max(0, Math.min(index, this.#length - 1)));
      this.#isBusy = false;
      this.advance();
    }, this.#parts.timing.galleriaDelay);
  }

  /** @param {Picture} picture */
  #show(picture) {
    const loading = { picture };
    this.#isBusy = true;
    this.#shown = picture.key;
    this.#loading = loading;
    this.#parts.availability.report(picture, '');
    this.#parts.timing.setTimeout(() => this.#expire(loading), this.#parts.timing.pictureTimeout);
    this.#parts.galleria.show(this.#parts.cursor.place - (this.#run.first - 1) * pageSize);
  }

  /** @param {Loading} loading */
  #expire(loading) {
    if (this.#loading === loading) loading.image?.dispatchEvent(new Event('error'));
  }

  /**
   * Galleria waits for a picture before it shows another. A blank one loads at once.
   * @param {Loading} loading
   */
  #abandon(loading) {
    if (this.#loading !== loading || !loading.image || loading.image.complete) return;
    this.#parts.galleria.setOptions('transition', 'none');
    loading.isAbandoned = true;
    setSource(loading.image);
  }

  #followGalleria() {
    const galleria = this.#parts.galleria;
    const { transition } = galleria.getOptions();
    galleria.bind('image', () => queueMicrotask(() => {
      galleria.setOptions('transition', transition);
      if (this.#loading?.isAbandoned) this.#shown = undefined;
      this.#loading = undefined;
      this.#isBusy = false;
      this.#parts.events.emit('show');
      this.advance();
    }));
    // A larger stage may need a larger rendition. A browser that switches to another one while it loads does not report
    // when this one fails.
    galleria.bind('rescale', () => {
      const { picture, image, isAbandoned, isFailed } = this.#loading ?? {};
      const isLoading = image?.srcset && !image.naturalWidth && !isAbandoned && !isFailed;
      if (picture && isLoading) setSource(image, this.#parts.sources.of(picture));
      const active = galleria.getActiveImage();
      if (active?.srcset) active.sizes = this.#parts.sources.sizes;
    });
  }

  /**
   * Makes Galleria load pictures with the size of their largest rendition, and with retries.
   * @param {any} Galleria
   */
  #replaceLoading(Galleria) {
    const stage = this;
    const { jQuery, timing } = this.#parts;
    const { load } = Galleria.Picture.prototype;
    /**
     * @this {GalleriaPicture}
     * @param {ImageSource} source
     * @param {(picture: GalleriaPicture) => void} callback
     */
    Galleria.Picture.prototype.load = function (source, callback) {
      const loading = stage.#loading;
      if (!loading) return load.call(this, source, callback);
      const container = load.call(this, source, () => {
        let isDone = false;
        const finish = () => {
          if (isDone) return;
          isDone = true;
          this.original = measure(this.image);
          callback.call(this, this);
        };
        if (this.image.naturalWidth) return finish();
        // A resize in this moment made the browser fetch another size. It knows no dimensions until that is loaded.
        this.image.addEventListener('load', finish, { once: true });
        timing.setTimeout(finish, timing.dimensionsTimeout);
      });
      const { image } = this;
      loading.image = image;
      image.alt = source.toString() === blank ? '' : loading.picture.name;
      jQuery(image).off('error').one('error', () => stage.#recover(this, loading.picture, source));
      return container;
    };
  }

  /**
   * Lets Galleria go on without the picture, and retries it in the background.
   * @param {GalleriaPicture} frame
   * @param {Picture} picture
   * @param {ImageSource} source
   */
  async #recover(frame, picture, source) {
    const { image } = frame;
    setSource(image);
    if (this.#loading?.isAbandoned) return;
    if (this.#loading?.image === image) this.#loading.isFailed = true;
    this.#parts.availability.report(picture, this.#parts.words.waiting);
    const reason = await this.#parts.availability.retryLoad(picture, source, this.#parts.timing.stageDelays);
    if (frame.image !== image || this.#shown !== picture.key) return;
    const isAnimation = source.toString() === picture.animation;
    if (reason && !isAnimation) return this.#parts.availability.report(picture, reason, true);
    image.addEventListener('load', () => {
      frame.original = measure(image);
      this.#parts.galleria.rescale();
      this.#parts.availability.report(picture, '');
    }, { once: true });
    if (!reason) return setSource(image, source);
    // The animation is unavailable, but the still renditions may not be.
    delete picture.animation;
    const still = this.#parts.sources.of(picture);
    this.#parts.jQuery(image).one('error', () => this.#recover(frame, picture, still));
    setSource(image, still);
  }

  #preload() {
    const { count } = this.#parts.list;
    for (const step of [1, -1, 2]) {
      const picture = this.#parts.list.at((this.#parts.cursor.place + step + count) % count);
      if (!picture || this.#parts.availability.unavailableReason(picture)) continue;
      setSource(new Image(), this.#parts.sources.of(picture));
    }
  }
}
