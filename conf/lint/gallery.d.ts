// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

// The types that the scripts in public/ name in their comments. Nothing of this file is sent to a browser.

/** Knows which pictures have no rendition: from the listing, or from the response to a request for one. */
type Availability = import('../../public/gallery/pictures.js').Availability;
/** Fills the buttons of the strip and of the grid. */
type Cells = import('../../public/gallery/strip.js').Cells;
/** Sends requests to this site. */
type Client = import('../../public/gallery/client.js').Client;
/** The current place in the list. Emits `move` when another picture is current, and when that picture was loaded. */
type Cursor = import('../../public/gallery/list.js').Cursor;
type Events = import('../../public/gallery/list.js').Events;
/** What the page says about its folder and the albums in it. */
type FolderHeader = import('../../public/gallery/polling.js').FolderHeader;
/** Fetches pages of the folder as JSON. */
type FolderPages = import('../../public/gallery/client.js').FolderPages;
/** A long list of pictures, of which the pages that were used last are kept.  * All kept pages belong to `version`. Emits `page` when a page was loaded, and `stale` when the server has another list. */
type List = import('../../public/gallery/list.js').List;
/** One line above the stage, with a link or a button. Shows the most important notice. */
type Notices = import('../../public/gallery/polling.js').Notices;
/** Shows one picture after the other until the person goes somewhere. Pauses while nobody can see it. */
type Slideshow = import('../../public/gallery/toolbar.js').Slideshow;
/** Chooses what the stage shows of a picture: a rendition, its animation, or nothing. */
type Sources = import('../../public/gallery/pictures.js').Sources;

/** Texts by key: those of `views/words` that begin with `viewer`, without this prefix. */
type Words = Record<string, string>;

/** A picture of the page's JSON, and what `parsePicture` adds. */
interface Picture {
  id: string;
  name: string;
  bytes: number;
  path: string;
  image256: string;
  image640: string;
  image1024: string;
  image2048: string;
  animation?: string;
  details: string;
  original: string;
  download: string;
  obstacle?: 'size' | 'raw';
  key: string;
  title: string;
  ending: string;
  date: Date;
}

interface PictureState {
  /** Of the picture. */
  key: string;
  /** Empty, or why the picture is not there. */
  text: string;
  /** Whether it is not retried. */
  isFinal: boolean;
}

/** What `/details/` answers, or a note instead of it. */
interface Facts {
  width?: number;
  height?: number;
  /** Seconds since 1970. */
  taken?: number;
  note?: string;
}

/** The JSON of a folder page. The README documents it. */
interface FolderPage {
  folder: { path: string };
  albums: { path: string; summary: string | null }[];
  pictures: Picture[];
  chosen?: string;
  page: number;
  count: number;
  summary: string;
  isComplete: boolean;
  version: string;
  added: number | null;
}

interface RunChange {
  kind: 'replace' | 'push' | 'unshift';
  page: number;
  /** The page that leaves the run at the other end, or 0. */
  drop: number;
  /** Whether the run does not hold the current picture yet. */
  isNeeded: boolean;
}

/** An address, or a string object with `srcset` and `sizes`. */
type ImageSource = string | (String & { srcset?: string; sizes?: string });

type EventName =
  /** Another picture is current, or the current one was loaded. */
  | 'move'
  /** The current picture is on the stage. */
  | 'show'
  /** A page of the list was loaded. The detail is its number. */
  | 'page'
  /** The list was replaced. */
  | 'list'
  /** The server has another list. */
  | 'stale'
  /** `Availability.state` changed. */
  | 'state'
  /** A picture turned out to have no rendition. */
  | 'unavailable';

type NoticeKind = 'session' | 'trouble' | 'news';

interface Notice {
  /** May be empty. */
  text: string;
  /** The label of the link or button. */
  action: string;
  /** The address of the link, or what the button does. */
  target: string | (() => void);
}

interface Dialog {
  /** Undefined until the script of the dialog is loaded. */
  element?: HTMLDialogElement;
  toggle: () => unknown;
}

interface ZoomDialog extends Dialog {
  open: (point?: { clientX: number; clientY: number }) => unknown;
}

interface Dialogs {
  grid: Dialog;
  details: Dialog;
  help: Dialog;
  zoom: ZoomDialog;
}

/** Every duration of the scripts, in milliseconds, and the timers. A test replaces them by `galleryTiming`. */
interface Timing {
  /** Three polls within a minute see a change, because the service reads a folder again after 30 s. */
  pollInterval: number;
  pollIntervalWhileReading: number;
  /** After failures. */
  longestPollInterval: number;
  /** The first poll of a page that becomes visible gets the old listing and makes the service read the folder. */
  secondPollDelay: number;
  /** From the last cover of an album to the poll for its count. */
  albumCountDelay: number;
  /** On the page of an empty folder. */
  emptyPollInterval: number;
  longestEmptyPollInterval: number;
  emptyPollTimeout: number;
  requestTimeout: number;
  /** Before each attempt to fetch a page of the list. */
  pageDelays: number[];
  /** The same after these have failed, again and again. */
  laterPageDelays: number[];
  /** The strip and the grid fetch a page of the list after this time without scrolling. */
  scrollRest: number;
  pictureTimeout: number;
  /** A picture that is no longer wanted may still load for this time. */
  abandonDelay: number;
  /** A loaded picture may take this time to report its dimensions. */
  dimensionsTimeout: number;
  /** The first retry is immediate and finds the reason. The others follow 1.5 s and 5 s after the failure. */
  stageDelays: number[];
  thumbnailDelays: number[];
  /** Galleria changes its data in a timer of its own. */
  galleriaDelay: number;
  fadeDuration: number;
  slideDuration: number;
  /** A picture stays for this time before screen readers announce it. */
  announcementDelay: number;
  /** In full screen, after the last input. */
  hideControlsDelay: number;
  doubleTapInterval: number;
  setTimeout: <Values extends any[]>(callback: (...values: Values) => void, delay: number, ...values: Values) => number;
  clearTimeout: (timer: number) => void;
  /** A signal that aborts after a delay. */
  timeoutSignal: (delay: number) => AbortSignal;
}

/** The part of Galleria 1.6.1 that the viewer uses. */
interface Galleria {
  $(name: string): any;
  get(name: string): HTMLElement;
  bind(event: string, listener: () => void): void;
  getActiveImage(): HTMLImageElement | undefined;
  getDataLength(): number;
  getIndex(): number;
  getOptions(): { transition: string };
  getStageHeight(): number;
  getStageWidth(): number;
  push(data: object[]): void;
  rescale(): void;
  setIndex(index: number): void;
  setOptions(name: string, value: unknown): Galleria;
  show(index: number): void;
  splice(start: number, count: number, ...data: object[]): void;
  attachKeyboard: () => Galleria;
  exitFullscreen(): void;
  isFullscreen(): boolean;
  toggleFullscreen(): void;
}

/** A picture that Galleria is loading. An abandoned one is not shown. */
interface Loading {
  picture: Picture;
  image?: HTMLImageElement;
  isAbandoned?: boolean;
  isFailed?: boolean;
}

/** `Galleria.Picture` */
interface GalleriaPicture {
  image: HTMLImageElement;
  original: { width: number; height: number };
}

interface Window {
  Galleria: any;
  jQuery: any;
}

// The dependencies of each class and function, which `gallery.js` passes.

type PositionTextParts = { cursor: Cursor, list: List, words: Words, formatNumber: (number: number) => string };
type CaptionParts = { list: List, cursor: Cursor, availability: Availability, events: Events, slideshow: Slideshow, language: string, positionText: () => string, timing: Timing };
type TileParts = { cursor: Cursor, availability: Availability, sources: Sources, events: Events, words: Words, refresh: () => void, focusViewer: () => void };
type FollowAddressParts = { list: List, cursor: Cursor, events: Events, goTo: (id: string) => unknown };
type ClientParts = { timing: Timing };
type FolderPagesParts = { folder: string, order: string, client: Client, notices: Notices, words: Words, timing: Timing };
type RenewalParts = { pages: FolderPages, list: List, cursor: Cursor, events: Events, header: FolderHeader };
type DetailsParts = { cursor: Cursor, client: Client, notices: Notices, words: Words, language: string, positionText: () => string };
type GridParts = { list: List, cursor: Cursor, cells: Cells, events: Events, words: Words, timing: Timing };
type HelpParts = { words: Words };
/** `limit` is the number of pages that are kept. */
type ListParts = { fetchPage: (number: number) => Promise<FolderPage>, events: Events, limit?: number };
type CursorParts = { list: List, events: Events, place: number };
/** `stageSize` is in CSS pixels. */
type SourcesParts = { availability: Availability, reducedMotion: boolean, stageSize: () => { width: number, height: number } };
type AvailabilityParts = { client: Client, notices: Notices, events: Events, words: Words };
type NoticesParts = { words: Words };
type CountAlbumsParts = { poll: () => void, timing: Timing };
/** `onChange` gets the first page of a list that changed without added pictures. `onAccept` runs when the person wants the added pictures. */
type PollingParts = { client: Client, pages: FolderPages, list: List, header: FolderHeader, notices: Notices, events: Events, words: Words, formatNumber: (number: number) => string, timing: Timing, onChange: (json: FolderPage) => unknown, onAccept: () => unknown };
type StageParts = { galleria: Galleria, Galleria: any, jQuery: any, list: List, cursor: Cursor, sources: Sources, availability: Availability, events: Events, words: Words, timing: Timing };
type CellsParts = { availability: Availability, words: Words, timing: Timing };
type StripParts = { list: List, cursor: Cursor, cells: Cells, events: Events, words: Words, reducedMotion: boolean, timing: Timing };
type ToolbarParts = { galleria: Galleria, list: List, cursor: Cursor, availability: Availability, events: Events, words: Words, slideshow: Slideshow, dialogs: Dialogs };
type ArrowsParts = { cursor: Cursor, words: Words };
type HideWhenIdleParts = { galleria: Galleria, timing: Timing };
type SlideshowParts = { list: List, cursor: Cursor, events: Events, words: Words, timing: Timing };
type KeysParts = { galleria: Galleria, list: List, cursor: Cursor, slideshow: Slideshow, dialogs: Dialogs };
type SwipeParts = { galleria: Galleria, list: List, cursor: Cursor, reducedMotion: boolean, zoom: ZoomDialog, timing: Timing };
type ZoomParts = { cursor: Cursor, availability: Availability, words: Words, galleria: Galleria };
type AdaptGalleriaParts = { Galleria: any, jQuery: any, reducedMotion: boolean, timing: Timing };
type GalleriaOptionsParts = { reducedMotion: boolean, timing: Timing };
type EmptyFolderPollingParts = { status: HTMLElement, timing: Timing };

/** What every page of a folder has. */
type PageParts = {
  timing: Timing, words: Words, language: string, formatNumber: (number: number) => string, events: Events,
  client: Client, notices: Notices, header: FolderHeader, pages: FolderPages, list: List, cursor: Cursor,
  pictures: Picture[],
};
/** What a folder with pictures has besides. */
type ViewerParts = PageParts & {
  availability: Availability, sources: Sources, reducedMotion: boolean, galleria: Galleria,
};

/** What a test sets before the scripts of a page run. */
declare var galleryTiming: Partial<Timing> | undefined;

// Standard APIs that the libraries of TypeScript 4.8 lack.
interface Array<T> {
  findLast(predicate: (value: T, index: number, array: T[]) => boolean): T | undefined;
}
interface CSSStyleDeclaration {
  translate: string;
}
