// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0
import { askAgain } from './ask.js';

const reasons = { size: 'tooLarge', raw: 'raw' };

/**
 * Knows of which pictures there is no view: `viewer.lack(picture)` is the reason in words, or empty. It is known
 * beforehand, or from what the service said of any of its renditions.
 */
export function addLacks(viewer) {
  const found = new Map();
  const { words } = viewer;
  viewer.lack = ({ key, obstacle }) => found.get(key) ?? (obstacle ? words[reasons[obstacle]] ?? words.failed : '');

  /** Tries an address after each of these pauses; empty when it answers, else why it does not. */
  viewer.seek = async (picture, source, pauses) => {
    try {
      const answer = await askAgain(source, {}, pauses);
      // To its end, so that the browser keeps it.
      await answer.blob();
      return '';
    } catch (refusal) {
      const reason = (refusal.status === 415 || refusal.status === 422 ? refusal.message : '') || words.failed;
      if (refusal.status === 401) viewer.signedOut();
      else if (refusal.isPassing === false && source.toString() !== picture.animation) {
        found.set(picture.key, reason);
        viewer.say('lack');
      }
      return reason;
    }
  };

  /** What is said of the picture on the stage: nothing, that it is tried again, or why it is not there. */
  viewer.tell = (picture, text, isFinal = false) => {
    viewer.state = { key: picture.key, text: text || viewer.lack(picture), isFinal: isFinal || !text };
    viewer.say('state');
  };
}
