// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { make } from './controls.js';

/** What stands on the stage instead of a picture that cannot be shown: its name, why, and the ways to the file. */
export function addTile(viewer) {
  const { galleria, words, list } = viewer;
  const name = make('bdi');
  const reason = make('p');
  const open = make('a', { className: 'button-second', target: '_blank', rel: 'noopener' }, words.original);
  const download = make('a', { className: 'button-second' }, words.download);
  const again = make('button', { type: 'button', className: 'button-second' }, words.again);
  const tile = make('section', { className: 'gallery-tile', hidden: true },
    make('h2', {}, name), reason, make('p', { className: 'actions' }, open, download, again));
  again.addEventListener('click', viewer.refresh);
  galleria.get('container').append(tile);

  const play = make('button', { type: 'button', className: 'gallery-play button', hidden: true }, words.playGIF);
  play.addEventListener('click', () => {
    viewer.played = list.at(viewer.place).key;
    viewer.refresh();
  });
  galleria.get('container').append(play);

  const show = () => {
    const picture = list.at(viewer.place);
    const { key, text, isFinal } = viewer.state ?? {};
    const isLacking = Boolean(picture && key === picture.key && text && isFinal);
    tile.hidden = !isLacking;
    play.hidden = isLacking || !viewer.calm || !picture?.animation || viewer.played === picture.key;
    if (!isLacking) return;
    name.textContent = picture.name;
    reason.textContent = text;
    open.href = picture.original;
    download.href = picture.download;
    again.hidden = Boolean(viewer.lack(picture));
  };
  for (const event of ['move', 'state', 'lack']) viewer.on(event, show);
}
