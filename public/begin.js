// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
'use strict';
// Hides the plain sheet of pictures before the first paint, because Galleria takes its place a moment later;
// when Galleria did not come, the sheet comes back.
document.documentElement.classList.add('js');
addEventListener('load', () => {
  if (!window.Galleria || !window.jQuery) document.documentElement.classList.remove('js');
});
