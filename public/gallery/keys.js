// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** The keys of the viewer. They rest in a form field and while a modifier is held: those belong to the browser. */
export function attachKeys({ galleria, pictures }, slideshow, dialogs) {
  const actions = {
    ArrowLeft: () => galleria.prev(),
    ArrowRight: () => galleria.next(),
    Home: () => galleria.show(0),
    End: () => galleria.show(pictures.length - 1),
  };
  // A held key would turn these on and off.
  const toggles = {
    f: () => galleria.toggleFullscreen(),
    s: slideshow.toggle,
    i: dialogs.details.toggle,
    '?': dialogs.help.toggle,
  };
  const own = { i: dialogs.details, '?': dialogs.help };
  if (pictures.length > 1) {
    toggles.g = dialogs.grid.toggle;
    own.g = dialogs.grid;
  }

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
