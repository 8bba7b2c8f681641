// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

extension Browser {
  /// What axe-core objects to on the page as it stands: the rule, and the elements that break it.
  ///
  /// The DevTools protocol brings the script in, which the Content-Security-Policy does not concern.
  func barriers() async throws -> [String] {
    if try await run("return Boolean(window.axe)") == .bool(false) {
      try await evaluate(
        String(contentsOfFile: Project.root + "/.build/axe/axe.min.js", encoding: .utf8) + ";0")
    }
    return try await run(
      """
      return axe.run({ preload: false, resultTypes: ['violations'] }).then((found) =>
        found.violations.map((rule) => rule.id + ': ' + rule.nodes.map((node) =>
          node.target.join(' ') + ' (' + node.any.map((each) => each.message).join(', ') + ')').join('; ')));
      """
    ).array.compactMap(\.string)
  }
}
