// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** The keys of the viewer. They rest in a form field and while a modifier is held: those belong to the browser. */
export function attachKeys(viewer, slideshow, dialogs) {
  const { galleria, list } = viewer;
  const actions = {
    ArrowLeft: () => viewer.step(-1),
    ArrowRight: () => viewer.step(1),
    Home: () => viewer.go(0),
    End: () => viewer.go(list.count - 1),
  };
  // A held key would turn these on and off.
  const toggles = {
    f: () => galleria.toggleFullscreen(),
    s: slideshow.toggle,
    g: () => list.count > 1 && dialogs.grid.toggle(),
    i: dialogs.details.toggle,
    z: dialogs.zoom.toggle,
    '?': dialogs.help.toggle,
  };
  const own = { g: dialogs.grid, i: dialogs.details, z: dialogs.zoom, '?': dialogs.help };

  // On a full screen Galleria attaches keys of its own, and an arrow would go two pictures far.
  galleria.attachKeyboard = () => galleria;

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.shiftKey && key !== '?') return;
    if (target.closest('input, textarea, select, [contenteditable]')) return;
    const open = document.querySelector('dialog[open]');
    if (open && own[key]?.element !== open) return;
    if (key === 'Escape') {
      if (galleria.isFullscreen()) galleria.exitFullscreen();
      return;
    }
    const act = Object.hasOwn(actions, key) ? actions[key] : Object.hasOwn(toggles, key) ? toggles[key] : undefined;
    if (!act) return;
    event.preventDefault();
    if (event.repeat && act === toggles[key]) return;
    act();
  });
}
