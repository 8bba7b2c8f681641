// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** The viewer's words in the language of the page. */
export function readWords() {
  return JSON.parse(document.getElementById('words').textContent);
}

/** Puts parts into a sentence: `{count} pictures`. */
export function fill(sentence, parts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
}
