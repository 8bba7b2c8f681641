// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

const failedPicture = '/assets/images/failed.svg';
// Counted from the first failure: a second try after 1.5 s, a third after 5 s.
const pauses = [1500, 3500];

/** Tries a picture that did not arrive again, and lets the caption say so (`viewer.notice`). */
export function retryPictures(viewer) {
  const { Galleria, jQuery } = window;
  const notices = new Map();
  viewer.notice = (picture) => notices.get(picture.image) ?? '';

  function say(source, text) {
    // Galleria hands over an object of the class String.
    notices.set(String(source), text);
    viewer.refreshCaption?.();
  }

  function tryAgain(picture, image, source, [pause, ...later]) {
    if (pause === undefined) return say(source, viewer.words.failed);
    setTimeout(() => {
      if (picture.image !== image) return say(source, '');
      const probe = new Image();
      probe.addEventListener('load', () => {
        say(source, '');
        if (picture.image !== image) return;
        picture.original = { width: probe.naturalWidth, height: probe.naturalHeight };
        image.src = source;
        const scaleThumbnail = jQuery(picture.container).data('thumbload');
        if (scaleThumbnail) scaleThumbnail(picture);
        else viewer.galleria.rescale();
      });
      probe.addEventListener('error', () => tryAgain(picture, image, source, later));
      probe.src = source;
    }, pause);
  }

  // Galleria waits for a picture before it shows another. So a failed one is replaced at once, and tried again
  // behind it.
  const load = Galleria.Picture.prototype.load;
  Galleria.Picture.prototype.load = function (source, size, callback) {
    const container = load.call(this, source, size, callback);
    const image = this.image;
    jQuery(image).off('error').one('error', () => {
      say(source, viewer.words.waiting);
      tryAgain(this, image, source, pauses);
      image.src = failedPicture;
    });
    return container;
  };
}
