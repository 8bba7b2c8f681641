// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A page's time and sight, in the hands of a test.
extension Browser {
  /// Keeps timers of so many milliseconds back, in `held` of the pages that are opened next, to be fired by hand.
  func holdTimers(of milliseconds: Int) async throws {
    let script = """
      window.held = new Map();
      const { setTimeout: set, clearTimeout: clear } = window;
      let last = 1e9;
      window.setTimeout = (act, after, ...rest) =>
        after === \(milliseconds) ? (held.set(++last, () => act(...rest)), last) : set(act, after, ...rest);
      window.clearTimeout = (id) => held.delete(id) || clear(id);
      """
    try await devTools("Page.addScriptToEvaluateOnNewDocument", ["source": .string(script)])
  }

  /// Fires the one that was held first.
  ///
  /// - Returns: how many are held then.
  @discardableResult
  func fireTimer() async throws -> JSONValue {
    try await run("const [[id, act]] = held; held.delete(id); act(); return held.size")
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
