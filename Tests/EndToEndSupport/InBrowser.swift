// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// A browser context and an account of the shared installation, for the length of one test.
enum InBrowser {
  /// Runs a visit, and expects that the browser's console stayed silent: a breach of the Content-Security-Policy, an
  /// exception and an address that did not answer all speak there.
  ///
  /// - Parameters:
  ///   - pictures: names of pictures in the folder, or paths below it; each is a real one.
  ///   - syntheticPictures: how many more there are, `Picture 000001.jpg` and so on, without a file behind them.
  ///   - variesPages: whether listings come in pages of varying size, some of them empty.
  ///   - isLoud: the console may complain, as of a picture that the test takes away.
  static func run(
    pictures: [String] = ["Harbour.jpg", "Hills.jpg", "Lake.jpg"], syntheticPictures: Int = 0,
    variesPages: Bool = true, isLoud: Bool = false,
    _ visit: (Browser, TestAccount) async throws -> Void
  ) async throws {
    let environment = try BrowserEnvironment.required
    let console = try await environment.slots.withSlot {
      let account = try await TestAccount.add(
        to: environment.installation, pictures: pictures, syntheticPictures: syntheticPictures,
        variesPages: variesPages)
      defer { account.remove() }
      return try await environment.chromium.withBrowser { browser in
        try await visit(browser, account)
        return try await browser.console()
      }
    }
    // Chromium notes what Clear-Site-Data cleared; that is no complaint.
    let complaints = console.filter { !$0.hasPrefix("INFO: ") }
    guard isLoud || complaints.isEmpty else { throw TestFailure("the console: \(complaints)") }
  }
}

extension InBrowser {
  /// Runs a visit of an installation of the test's own, which it may break. The console may complain.
  static func runAlone(_ visit: (Browser, Installation) async throws -> Void) async throws {
    let environment = try BrowserEnvironment.required
    try await environment.slots.withSlot {
      let installation = try await Installation.start(
        .nginxSite, certificate: environment.installation.web.certificate)
      let result = await Result {
        try await environment.chromium.withBrowser { try await visit($0, installation) }
      }
      try await installation.stop()
      try result.get()
    }
  }
}

/// At most so many tests at once.
actor Slots {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) {
    free = count
  }

  nonisolated func withSlot<Value>(_ act: () async throws -> Value) async throws -> Value {
    await acquire()
    let result = await Result { try await act() }
    await release()
    return try result.get()
  }

  private func acquire() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func release() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
