// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A page's time and sight, in the hands of a test.
extension Browser {
  /// Replaces durations of the scripts in the pages that are opened next. `public/gallery/timing.js` lists the names.
  ///
  /// - Parameter durations: in milliseconds.
  func setTiming(_ durations: [String: Int]) async throws {
    let json = String(decoding: try JSONEncoder().encode(durations), as: UTF8.self)
    try await runFirst("globalThis.galleryTiming = \(json);")
  }

  /// Keeps timers of so many milliseconds back, in `held` of this page and of those that are opened next, to be fired by
  /// hand. `heldTimes` tells how long each would have lasted, in the order they were set.
  func holdTimers(of milliseconds: Int...) async throws {
    let script = """
      window.held = new Map();
      window.heldTimes = [];
      {
        const { setTimeout: set, clearTimeout: clear } = window;
        let last = 1e9;
        window.setTimeout = (act, after, ...rest) => {
          if (!\(milliseconds).includes(after)) return set(act, after, ...rest);
          heldTimes.push(after);
          held.set(++last, () => act(...rest));
          return last;
        };
        window.clearTimeout = (id) => held.delete(id) || clear(id);
      }
      """
    try await runFirst(script)
    try await run(script)
  }

  /// Fires the one that was held first.
  ///
  /// - Returns: how many are held then.
  @discardableResult
  func fireTimer() async throws -> JSONValue {
    try await run("const [[id, act]] = held; held.delete(id); act(); return held.size")
  }

  /// Waits until exactly so many timers are held, and fires all of them.
  func fireTimers(_ count: Int) async throws {
    try await until("held.size === \(count)")
    try await run(
      "for (const [id, act] of [...held]) { held.delete(id); act(); }")
  }

  /// Tells the page that somebody sees it, or nobody.
  func setHidden(_ isHidden: Bool) async throws {
    try await run(
      """
      Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      """, .bool(isHidden))
  }
}
