// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check

/**
 * @param {any} json
 * @returns {Picture}
 */
export function parsePicture(json) {
  return {
    ...json,
    // Changes with every version of the file.
    key: json.details,
    title: json.name.replace(/(.)\.[^.]+$/u, '$1'),
    ending: json.name.match(/[^.]\.([^.]{1,5})$/u)?.[1].toUpperCase() ?? '',
    date: new Date(json.modified),
  };
}

/** @param {string} id */
export const pathOf = (id) => `/pictures/${encodeURIComponent(id.replace(/^id:/, ''))}`;

/**
 * A picture of the page's HTML.
 * @param {any} element an image or a link.
 */
export function readPicture(element) {
  const { date, size, ...others } = element.dataset;
  const [view, original] = [...element.closest('figure').querySelectorAll('a')].map((link) => link.getAttribute('href'));
  return parsePicture({
    name: element.alt, image256: element.getAttribute('src'), ...others, modified: date, bytes: Number(size),
    image640: element.srcset?.match(/, (\S+) 640w/)?.[1],
    image1024: view.replace(/2048$/, '1024'), image2048: view, original,
    path: pathOf(others.id), download: original.replace('/originals/', '/downloads/'),
  });
}

/** @param {Picture} picture */
export const smallSet = ({ image256, image640 }) => `${image256} 384w, ${image640} 640w`;
/** @param {Picture} picture */
export const stageSet = ({ image1024, image2048 }) => `${image1024} 1024w, ${image2048} 2048w`;

/**
 * The size up to which the stage enlarges an image: its own pixels if the picture has no more, otherwise the pixels of
 * its largest rendition.
 * @param {HTMLImageElement} image
 */
export function measure({ naturalWidth, naturalHeight, currentSrc, srcset, sizes }) {
  const box = srcset ? Number(currentSrc.match(/\/(1024|2048)$/)?.[1]) : NaN;
  if (!box) return { width: naturalWidth, height: naturalHeight };
  // With `srcset` a browser reports the natural size as if the image were as wide as `sizes`.
  const density = box / Number.parseFloat(sizes);
  const isWhole = naturalWidth * density < 0.97 * box && naturalHeight * density < 0.73 * box;
  const scale = density * (isWhole ? 1 : 2048 / box);
  return { width: naturalWidth * scale, height: naturalHeight * scale };
}

export const blank = 'data:image/gif;base64,R0lGODlhAQABAPABAP///wAAACH5BAEKAAAALAAAAAABAAEAAAICRAEAOw==';

/**
 * @param {HTMLImageElement} image
 * @param {ImageSource} [source]
 */
export function setSource(image, source = blank) {
  for (const name of /** @type {const} */ (['srcset', 'sizes'])) {
    const value = /** @type {any} */ (source)[name];
    if (value) image[name] = value;
    else image.removeAttribute(name);
  }
  image.src = String(source);
}

export class Sources {
  #parts;
  #played = '';

  /** @param {SourcesParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * The width of most landscape pictures, of 3 to 2. More than two pixels for one CSS pixel are not visible.
   */
  get sizes() {
    const { width, height } = this.#parts.stageSize();
    return `${Math.round(Math.min(width, 1.5 * height) * Math.min(1, 2 / devicePixelRatio))}px`;
  }

  /**
   * A string object with `srcset` and `sizes`, because Galleria passes on only strings.
   * @param {Picture} picture
   * @returns {ImageSource}
   */
  of(picture) {
    if (this.#parts.availability.unavailableReason(picture)) return new String(blank);
    if (picture.animation && !this.#waits(picture)) return new String(picture.animation);
    return Object.assign(new String(picture.image1024), { srcset: stageSet(picture), sizes: this.sizes });
  }

  /** @param {Picture} picture */
  offersAnimation(picture) {
    return Boolean(picture.animation) && this.#waits(picture);
  }

  /** @param {Picture} picture */
  play(picture) {
    this.#played = picture.key;
  }

  /** @param {Picture} picture */
  #waits({ key }) {
    return this.#parts.reducedMotion && this.#played !== key;
  }
}

/** A picture as Galleria knows it. The address is chosen at each use, because it may change. */
export class Entry {
  #sources;
  #picture;

  /**
   * @param {Sources} sources
   * @param {Picture} picture
   */
  constructor(sources, picture) {
    this.#sources = sources;
    this.#picture = picture;
  }

  get image() {
    return this.#sources.of(this.#picture);
  }

  // Galleria would store strings here, and show another picture in full screen.
  set image(_) {}
  /** @returns {undefined} */
  get big() {
    return undefined;
  }
  set big(_) {}
}

const obstacles = { size: 'tooLarge', raw: 'raw' };

export class Availability {
  #parts;
  /** @type {PictureState | undefined} */
  state;
  /** @type {Map<string, string>} */
  #found = new Map();

  /** @param {AvailabilityParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Why there is no rendition, in words. Empty if there may be one.
   * @param {Picture} picture
   */
  unavailableReason({ key, obstacle }) {
    const reason = obstacle ? this.#parts.words[obstacles[obstacle]] ?? this.#parts.words.failed : '';
    return this.#found.get(key) ?? reason;
  }

  /**
   * @param {Picture} picture
   * @param {ImageSource} source
   * @param {number[]} delays
   * @returns {Promise<string>} the reason, or empty.
   */
  async retryLoad(picture, source, delays) {
    const { gone, failed } = this.#parts.words;
    try {
      const response = await this.#parts.client.getWithRetries(String(source), {}, delays);
      // The browser caches only what was read to its end.
      await response.blob();
      return '';
    } catch (error) {
      /** @type {Record<number, string>} */
      const reasons = { 404: gone, 415: error.message, 422: error.message };
      const reason = reasons[error.status] || failed;
      if (error.status === 401) this.#parts.notices.showSignedOut();
      else if (error.isTransient === false && String(source) !== picture.animation) {
        this.#found.set(picture.key, reason);
        this.#parts.events.emit('unavailable');
      }
      return reason;
    }
  }

  /**
   * @param {Picture} picture
   * @param {string} text
   * @param {boolean} [isFinal]
   */
  report(picture, text, isFinal = false) {
    this.state = { key: picture.key, text: text || this.unavailableReason(picture), isFinal: isFinal || !text };
    this.#parts.events.emit('state');
  }
}
