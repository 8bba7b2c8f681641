// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

extension Trait where Self == ConditionTrait {
  /// Of a test that has no web server before it, chooses it, or looks at what no web server changes: it runs once.
  static var once: Self {
    .enabled(if: Front.usual == .nginxSite, "leaves nothing open that FRONT decides")
  }
}

extension Front: CustomTestStringConvertible {
  public var testDescription: String { rawValue }
}
