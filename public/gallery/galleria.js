// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** Makes Galleria, made in 2012, keep the Content-Security-Policy and a person's wish for calm. */
export function fitGalleria({ calm }) {
  const { jQuery } = window;

  // jQuery would write the attribute, which the Content-Security-Policy forbids; the property may be written.
  jQuery.attrHooks.style = {
    set(element, value) {
      element.style.cssText = value;
      return value;
    },
  };

  // jQuery listens on the document passively, and Galleria has to keep the page still under a swiping finger.
  jQuery.event.special.touchmove = {
    setup(_data, _namespaces, handle) {
      this.addEventListener('touchmove', handle, { passive: false });
    },
  };

  jQuery.fx.off = calm;
}
