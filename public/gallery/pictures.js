// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { askAgain } from './list.js';

/** A picture as the viewer knows it, from the page's JSON. */
export function picture(json) {
  return {
    ...json,
    // Changes with every version of the file.
    key: json.details,
    title: json.name.replace(/(.)\.[^.]+$/u, '$1'),
    ending: json.name.match(/[^.]\.([^.]{1,5})$/u)?.[1].toUpperCase() ?? '',
    date: new Date(json.modified),
  };
}

export const pathOf = (id) => `/pictures/${encodeURIComponent(id.replace(/^id:/, ''))}`;

/** The same from an image of the page's sheet, or from the words that stand there for one; the sheet is kept short. */
export function pictureOf(element) {
  const { date, size, ...others } = element.dataset;
  const [view, original] = [...element.closest('figure').querySelectorAll('a')].map((link) => link.getAttribute('href'));
  return picture({
    name: element.alt, image256: element.getAttribute('src'), ...others, modified: date, bytes: Number(size),
    image640: element.srcset?.match(/, (\S+) 640w/)?.[1],
    image1024: view.replace(/2048$/, '1024'), image2048: view, original,
    path: pathOf(others.id), download: original.replace('/originals/', '/downloads/'),
  });
}

export const smallSet = ({ image256, image640 }) => `${image256} 384w, ${image640} 640w`;
export const stageSet = ({ image1024, image2048 }) => `${image1024} 1024w, ${image2048} 2048w`;

/**
 * The size up to which a stage shows an image: to its own pixels when these are all there are, and as large as the
 * largest rendition when a small one was fetched of a picture that has more.
 */
export function measure({ naturalWidth, naturalHeight, currentSrc, srcset, sizes }) {
  const box = srcset ? Number(currentSrc.match(/\/(1024|2048)$/)?.[1]) : NaN;
  if (!box) return { width: naturalWidth, height: naturalHeight };
  // A browser gives the size of what came by srcset as if it were as wide as its place.
  const density = box / Number.parseFloat(sizes);
  const isWhole = naturalWidth * density < 0.97 * box && naturalHeight * density < 0.73 * box;
  const scale = density * (isWhole ? 1 : 2048 / box);
  return { width: naturalWidth * scale, height: naturalHeight * scale };
}

export const blank = 'data:image/gif;base64,R0lGODlhAQABAPABAP///wAAACH5BAEKAAAALAAAAAABAAEAAAICRAEAOw==';

/** How wide most lying pictures, of 3 to 2, stand on the stage. More than two pixels to each of its own nobody sees. */
export function slot({ galleria }) {
  const width = Math.min(galleria?.getStageWidth(), 1.5 * galleria?.getStageHeight());
  return `${Math.round(width * Math.min(1, 2 / devicePixelRatio))}px`;
}

/** What the stage shows of a picture, as Galleria wants it: a string with `srcset` and `sizes`. */
export function sourceOf(viewer, picture) {
  if (viewer.lack(picture)) return new String(blank);
  const moves = picture.animation && (!viewer.calm || viewer.played === picture.key);
  if (moves) return new String(picture.animation);
  return Object.assign(new String(picture.image1024), { srcset: stageSet(picture), sizes: slot(viewer) });
}

/** What Galleria is told of a picture: its address when asked, since that may change. */
export class Entry {
  constructor(viewer, picture) {
    Object.assign(this, { viewer, picture });
  }

  get image() {
    return sourceOf(this.viewer, this.picture);
  }

  // Galleria would write strings there, and show another picture on a full screen.
  set image(_) {}
  get big() {
    return undefined;
  }
  set big(_) {}
}

export function dress(image, source = blank) {
  for (const name of ['srcset', 'sizes']) {
    if (source[name]) image[name] = source[name];
    else image.removeAttribute(name);
  }
  image.src = source;
}

const obstacles = { size: 'tooLarge', raw: 'raw' };

/**
 * Knows of which pictures there is no view: `viewer.lack(picture)` is the reason in words, or empty. It is known
 * beforehand, or from what the service said of any of its renditions.
 */
export function addLacks(viewer) {
  const found = new Map();
  const { words } = viewer;
  viewer.lack = ({ key, obstacle }) => found.get(key) ?? (obstacle ? words[obstacles[obstacle]] ?? words.failed : '');

  /** Tries an address after each of these pauses; empty when it answers, else why it does not. */
  viewer.seek = async (picture, source, pauses) => {
    try {
      const answer = await askAgain(source, {}, pauses);
      // To its end, so that the browser keeps it.
      await answer.blob();
      return '';
    } catch (refusal) {
      const told = { 404: words.gone, 415: refusal.message, 422: refusal.message };
      const reason = told[refusal.status] || words.failed;
      if (refusal.status === 401) viewer.signedOut();
      else if (refusal.isPassing === false && source.toString() !== picture.animation) {
        found.set(picture.key, reason);
        viewer.say('lack');
      }
      return reason;
    }
  };

  /** What is said of the picture on the stage: nothing, that it is tried again, or why it is not there. */
  viewer.tell = (picture, text, isFinal = false) => {
    viewer.state = { key: picture.key, text: text || viewer.lack(picture), isFinal: isFinal || !text };
    viewer.say('state');
  };
}
