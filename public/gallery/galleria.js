// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** Makes Galleria, made in 2012, keep the Content-Security-Policy and a person's wish for calm. */
export function fitGalleria({ calm, jQuery }) {
  // jQuery would write the attribute, which the Content-Security-Policy forbids; the property may be written.
  jQuery.attrHooks.style = {
    set(element, value) {
      element.style.cssText = value;
      return value;
    },
  };

  jQuery.fx.off = calm;
}
