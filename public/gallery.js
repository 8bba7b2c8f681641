// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
'use strict';

(() => {
  const { Galleria, jQuery } = window;
  const target = document.getElementById('gallery');
  if (!target || !Galleria || !jQuery) return;

  const failedPicture = '/assets/images/failed.svg';
  // Counted from the first failure: a second try after 1.5 s, a third after 5 s.
  const pauses = [1500, 3500];
  const stillAfter = 2500;
  // A picture is never enlarged beyond its points in the page, and twice at most on a full screen.
  const largest = 2;
  const words = {
    previous: 'Previous picture',
    next: 'Next picture',
    original: 'Open the original',
    enter: 'Fill the screen',
    leave: 'Leave full screen',
    strip: 'All pictures',
    waiting: 'This picture did not arrive; trying again.',
    failed: 'There is no view of this picture. The original may still open.',
  };
  const shapes = {
    previous: 'm15 5-7 7 7 7',
    next: 'm9 5 7 7-7 7',
    original: 'M13 5h6v6M19 5l-8 8M17 14v5H5V7h5',
    enter: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
    leave: 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5',
  };

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

  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  jQuery.fx.off = calm;

  const pictures = [...target.querySelectorAll('.sheet img')].map((image) => ({
    thumb: image.getAttribute('src'),
    image: image.closest('a').getAttribute('href'),
    // Galleria writes a title as HTML: data-title comes encoded once more than the name.
    title: image.dataset.title,
    name: image.alt,
    address: image.dataset.original,
  }));
  if (pictures.length === 0) return;

  let gallery;

  function icon(shape) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('fill', 'none');
    svg.setAttribute('stroke', 'currentColor');
    svg.setAttribute('stroke-width', '1.8');
    svg.setAttribute('stroke-linecap', 'round');
    svg.setAttribute('stroke-linejoin', 'round');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', shape);
    svg.append(path);
    return svg;
  }

  function label(element, word) {
    element.setAttribute('aria-label', words[word]);
    element.title = words[word];
    if (shapes[word]) element.replaceChildren(icon(shapes[word]));
  }

  // Makes one of Galleria's plain boxes a button for keyboards and screen readers.
  function makeButton(element) {
    element.setAttribute('role', 'button');
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      element.click();
    });
  }

  // MARK: pictures that fail

  function describe(source, text) {
    const at = pictures.findIndex((picture) => picture.image === String(source));
    if (at < 0 || !gallery) return;
    gallery.getData(at).description = text;
    if (gallery.getIndex() === at) gallery.setInfo(at);
  }

  function tryAgain(picture, image, source, [pause, ...later]) {
    if (pause === undefined) return describe(source, words.failed);
    setTimeout(() => {
      if (picture.image !== image) return describe(source, '');
      const probe = new Image();
      probe.addEventListener('load', () => {
        describe(source, '');
        if (picture.image !== image) return;
        picture.original = { width: probe.naturalWidth, height: probe.naturalHeight };
        image.src = source;
        const scaleThumbnail = jQuery(picture.container).data('thumbload');
        if (scaleThumbnail) scaleThumbnail(picture);
        else gallery.rescale();
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
      describe(source, words.waiting);
      tryAgain(this, image, source, pauses);
      image.src = failedPicture;
    });
    return container;
  };

  // MARK: tools beside Galleria's own

  function addTools() {
    const tools = document.createElement('div');
    tools.className = 'gallery-tools';
    const original = document.createElement('a');
    original.className = 'gallery-tool gallery-original';
    original.target = '_blank';
    original.rel = 'noopener';
    label(original, 'original');
    const screen = document.createElement('button');
    screen.type = 'button';
    screen.className = 'gallery-tool gallery-fullscreen';
    label(screen, 'enter');
    screen.addEventListener('click', () => gallery.toggleFullscreen());
    for (const [change, word, ratio] of [['fullscreen_enter', 'leave', largest], ['fullscreen_exit', 'enter', 1]]) {
      gallery.bind(change, () => {
        label(screen, word);
        gallery.setOptions('maxScaleRatio', ratio).rescale();
      });
    }
    tools.append(gallery.get('counter'), original, screen);
    gallery.get('container').append(tools);
    return original;
  }

  function nameButtons() {
    for (const [part, word] of [['image-nav-left', 'previous'], ['image-nav-right', 'next']]) {
      const arrow = gallery.get(part);
      label(arrow, word);
      arrow.tabIndex = 0;
      makeButton(arrow);
      // Out of the stage, which cuts off what reaches beyond it.
      gallery.get('container').append(arrow);
    }
    gallery.get('info').setAttribute('aria-live', 'polite');
    gallery.get('thumbnails').setAttribute('role', 'group');
    gallery.get('thumbnails').setAttribute('aria-label', words.strip);
  }

  // MARK: the strip

  function openStrip() {
    const list = gallery.get('thumbnails-list');
    const boxes = [...gallery.get('thumbnails').children];
    const inSight = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        inSight.unobserve(entry.target);
        gallery.lazyLoad(boxes.indexOf(entry.target));
      }
    }, { root: list, rootMargin: '0px 600px' });
    boxes.forEach((box, index) => {
      box.setAttribute('aria-label', pictures[index].name);
      box.tabIndex = -1;
      makeButton(box);
      inSight.observe(box);
    });
    list.addEventListener('wheel', (event) => {
      if (Math.abs(event.deltaY) <= Math.abs(event.deltaX) || event.ctrlKey) return;
      event.preventDefault();
      list.scrollLeft += event.deltaY;
    }, { passive: false });
    return boxes;
  }

  function follow(boxes, index) {
    const list = gallery.get('thumbnails-list');
    const box = boxes[index];
    for (const each of boxes) {
      each.tabIndex = each === box ? 0 : -1;
      if (each === box) each.setAttribute('aria-current', 'true');
      else each.removeAttribute('aria-current');
    }
    const left = box.offsetLeft - (list.clientWidth - box.offsetWidth) / 2;
    // A long way is jumped: scrolling would load every thumbnail it passes.
    const isNear = Math.abs(left - list.scrollLeft) < 2 * list.clientWidth;
    list.scrollTo({ left, behavior: isNear && !calm ? 'smooth' : 'auto' });
    if (boxes.includes(document.activeElement)) box.focus({ preventScroll: true });
  }

  // MARK: keys, and quiet in fullscreen

  function attachKeys() {
    gallery.attachKeyboard({ left: gallery.prev, right: gallery.next });
    document.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'Home') gallery.show(0);
      else if (event.key === 'End') gallery.show(pictures.length - 1);
      else if (event.key === 'f') gallery.toggleFullscreen();
      else if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
    });
  }

  function quietWhenStill() {
    const container = gallery.get('container');
    let timer;
    const move = () => {
      container.classList.remove('gallery-still');
      clearTimeout(timer);
      timer = setTimeout(() => container.classList.add('gallery-still'), stillAfter);
    };
    for (const kind of ['pointermove', 'pointerdown', 'keydown', 'focusin']) document.addEventListener(kind, move);
    gallery.bind('fullscreen_enter', move);
  }

  function furnish() {
    gallery = this;
    const original = addTools();
    const boxes = openStrip();
    nameButtons();
    attachKeys();
    quietWhenStill();
    gallery.bind('loadstart', (event) => {
      original.href = pictures[event.index].address;
      follow(boxes, event.index);
    });
    gallery.bind('rescale', () => {
      if (gallery.getIndex() !== false) follow(boxes, gallery.getIndex());
    });
    gallery.bind('loadfinish', (event) => {
      event.imageTarget.alt = pictures[event.index].name;
      gallery.get('info-title').title = pictures[event.index].name;
    });
    gallery.bind('thumbnail', (event) => {
      event.thumbTarget.alt = '';
    });
    gallery.get('container').classList.add('gallery-ready');
  }

  Galleria.run(target, {
    carousel: false,
    dataSource: pictures,
    debug: false,
    dummy: failedPicture,
    extend: furnish,
    idleMode: false,
    imageCrop: false,
    maxScaleRatio: 1,
    preload: 2,
    swipe: 'auto',
    thumbCrop: true,
    thumbnails: 'lazy',
    transition: calm ? 'none' : 'fade',
    transitionSpeed: 250,
    _toggleInfo: false,
  });
})();
