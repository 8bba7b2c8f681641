// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Gives every picture the lasting address of its file. A step to a neighbour replaces the address, so that Back leaves
 * the gallery and not one picture of fifty; a jump adds to the history, so that Back returns to where one jumped from.
 */
export function followAddress(viewer) {
  const { list } = viewer;
  let current = list.at(viewer.place).id;
  let last = viewer.place;
  history.replaceState({ id: current }, '');

  viewer.on('move', () => {
    const picture = list.at(viewer.place);
    // Said again when its page has come.
    if (!picture) return;
    const distance = Math.abs(viewer.place - last);
    const isStep = distance <= 1 || distance === list.count - 1;
    last = viewer.place;
    if (picture.id === current) return;
    current = picture.id;
    try {
      history[isStep ? 'replaceState' : 'pushState']({ id: current }, '', picture.path);
    } catch {
      // A browser refuses when a held key writes too often; the next picture writes again.
    }
  });

  addEventListener('popstate', ({ state }) => {
    if (!state?.id) return;
    current = state.id;
    viewer.goTo(state.id);
  });
}
