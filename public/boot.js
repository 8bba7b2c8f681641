// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
// @ts-check
'use strict';
// Hides the plain list of pictures before the first paint, because Galleria replaces it a moment later. Shows it again
// if Galleria did not load.
document.documentElement.classList.add('js');
addEventListener('load', () => {
  if (!window.Galleria || !window.jQuery) document.documentElement.classList.remove('js');
});
