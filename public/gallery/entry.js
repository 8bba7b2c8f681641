// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { stageSet } from './pictures.js';

/** A picture that is not there, for Galleria. */
export const blank = 'data:image/gif;base64,R0lGODlhAQABAPABAP///wAAACH5BAEKAAAALAAAAAABAAEAAAICRAEAOw==';

/** How wide most lying pictures, of 3 to 2, stand on the stage. */
export function slot({ galleria }) {
  return `${Math.round(Math.min(galleria?.getStageWidth(), 1.5 * galleria?.getStageHeight()))}px`;
}

/** What the stage shows of a picture, as Galleria wants it: a string with `srcset` and `sizes`. */
export function sourceOf(viewer, picture) {
  if (viewer.lack(picture)) return new String(blank);
  const moves = picture.animation && (!viewer.calm || viewer.played === picture.key);
  if (moves) return new String(picture.animation);
  return Object.assign(new String(picture.stage), { srcset: stageSet(picture), sizes: slot(viewer) });
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

/** Gives an image another picture; without one it is blank. */
export function dress(image, source = blank) {
  for (const name of ['srcset', 'sizes']) {
    if (source[name]) image[name] = source[name];
    else image.removeAttribute(name);
  }
  image.src = source;
}
