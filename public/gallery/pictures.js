// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/** A picture as the viewer knows it, from the page's JSON. What it says about paths, Galleria and history use as they are. */
export function picture(json) {
  return {
    ...json,
    // Changes with every version of the file.
    key: json.details,
    title: json.name.replace(/(.)\.[^.]+$/u, '$1'),
    ending: json.name.match(/[^.]\.([^.]{1,5})$/u)?.[1].toUpperCase() ?? '',
    date: new Date(json.modified),
  };
}

/** The same from an image of the page's sheet, or from the words that stand there for one. */
export function pictureOf(element) {
  const { date, size, 'stage-1024': stage, 'stage-2048': largeStage, ...others } = element.dataset;
  return picture({
    name: element.alt, strip: element.getAttribute('src'), ...others, modified: date, bytes: Number(size), stage, largeStage,
  });
}

/** The widths in which a small picture and one for the stage come. */
export const smallSet = ({ strip, grid }) => `${strip} 384w, ${grid} 640w`;
export const stageSet = ({ stage, largeStage }) => `${stage} 1024w, ${largeStage} 2048w`;

/**
 * The size up to which a stage shows an image: to its own pixels when these are all there are, and as large as the
 * largest rendition when a small one was fetched of a picture that has more.
 */
export function measure({ naturalWidth, naturalHeight, currentSrc, srcset, sizes }) {
  const box = srcset ? Number(currentSrc.match(/\/(1024|2048)$/)?.[1]) : NaN;
  if (!box) return { width: naturalWidth, height: naturalHeight };
  // A browser gives the size of what came by srcset as if it were as wide as its place.
  const density = box / Number.parseFloat(sizes);
  const isWhole = naturalWidth * density < 0.97 * box && naturalHeight * density < 0.73 * box;
  const scale = density * (isWhole ? 1 : 2048 / box);
  return { width: naturalWidth * scale, height: naturalHeight * scale };
}
