// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

/// One Chromium process and one installation for all tests of a suite.
final class BrowserEnvironment: Sendable {
  @TaskLocal static var current: BrowserEnvironment?

  let installation: Installation
  let chromium: Chromium
  /// Pages take a processor each while they load.
  let slots = Slots(3)

  private init(installation: Installation, chromium: Chromium) {
    self.installation = installation
    self.chromium = chromium
  }

  static var required: BrowserEnvironment {
    get throws(TestFailure) {
      guard let current else { throw TestFailure("the suite lacks the trait .sharedBrowser") }
      return current
    }
  }

  /// Starts both, for as long as `act` runs.
  static func run(_ act: () async throws -> Void) async throws {
    // The installation trusts `X-Forwarded-For`, so each test has an address of its own in the limits of the web server.
    let installation = try await Installation.start(.nginxSite, pictures: [], isBehindProxy: true)
    let result = await Result {
      let chromium = try await Chromium.start(trusting: installation.web.certificate)
      let result = await Result {
        try await $current.withValue(
          BrowserEnvironment(installation: installation, chromium: chromium), operation: act)
      }
      await chromium.stop()
      try result.get()
    }
    try await installation.stop()
    try result.get()
  }
}

/// Gives the tests of a suite, and of the suites in it, one `BrowserEnvironment`.
struct SharedBrowserTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    try await BrowserEnvironment.run { try await function() }
  }
}

extension Trait where Self == SharedBrowserTrait {
  static var sharedBrowser: Self { SharedBrowserTrait() }
}
