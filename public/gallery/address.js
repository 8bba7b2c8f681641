// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Gives every picture a lasting address: the page's, `#`, the id of its file. A step to a neighbour replaces the
 * address, so that Back leaves the gallery and not one picture of fifty; a jump adds to the history, so that Back
 * returns to where one jumped from.
 *
 * @returns {number} the index of the picture that the address asks for, or 0.
 */
export function followAddress(viewer) {
  const { pictures } = viewer;
  const asked = () => pictures.findIndex((picture) => `#${picture.id}` === location.hash);
  let last;

  function write(index) {
    const distance = Math.abs(index - last);
    const isStep = distance <= 1 || distance === pictures.length - 1;
    last = index;
    if (index === Math.max(asked(), 0) && (location.hash === '' || asked() >= 0)) return;
    try {
      history[isStep ? 'replaceState' : 'pushState'](null, '', `#${pictures[index].id}`);
    } catch {
      // A browser refuses when a held key writes too often; the next picture writes again.
    }
  }

  addEventListener('hashchange', () => {
    const index = location.hash === '' ? 0 : asked();
    if (index < 0 || index === last) return;
    last = index;
    viewer.galleria.show(index);
  });

  viewer.writeAddress = (index) => {
    if (last === undefined) last = index;
    else if (index !== last) write(index);
  };
  return Math.max(asked(), 0);
}
