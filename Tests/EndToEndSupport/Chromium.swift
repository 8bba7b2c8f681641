// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TestSupport

/// A headless Chromium process, in which each `Browser` is a context of its own.
final class Chromium: Sendable {
  private let pipe: DevToolsPipe
  private let process: ChildProcess
  private let folder: TemporaryFolder

  private init(pipe: DevToolsPipe, process: ChildProcess, folder: TemporaryFolder) {
    self.pipe = pipe
    self.process = process
    self.folder = folder
  }

  /// - Parameter certificate: trusted, though it signs itself. Chromium caches nothing that comes with another one.
  static func start(trusting certificate: Certificate?) async throws -> Chromium {
    let trust = try await certificate?.keyHash() ?? ""
    let folder = try TemporaryFolder()
    let pipe = try DevToolsPipe()
    let process = try await ChildProcess.start(
      "chromium",
      [
        "--headless=new", "--remote-debugging-pipe", "--user-data-dir=\(folder.path)",
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
        "--no-proxy-server", "--disable-extensions", "--disable-component-update",
        "--disable-background-networking", "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
        "--disable-features=Translate,OptimizationHints,MediaRouter",
        "--window-size=\(Browser.width),\(Browser.height)",
        "--ignore-certificate-errors-spki-list=\(trust)",
      ],
      // Chromium keeps its crash reports and caches below the home folder otherwise.
      environment: ["HOME": folder.path], descriptors: [pipe.remote, pipe.remote])
    close(pipe.remote)
    try pipe.open()
    let chromium = Chromium(pipe: pipe, process: process, folder: folder)
    do {
      try await pipe.send("Browser.getVersion")
    } catch {
      throw TestFailure("\(error.message): \(process.text)")
    }
    return chromium
  }

  /// Lends a `Browser` of its own, which is closed behind it.
  func withBrowser<Value>(_ act: (Browser) async throws -> Value) async throws -> Value {
    let browser = try await browser()
    let result = await Result { try await act(browser) }
    await browser.stop()
    return try result.get()
  }

  /// Opens an empty tab in a context that shares no cookie, cache or storage with any other.
  private func browser() async throws -> Browser {
    let context = try await pipe.send("Target.createBrowserContext")["browserContextId"]?.string
    guard let context else { throw BrowserError(message: "no browser context") }
    let target = try await pipe.send(
      "Target.createTarget",
      [
        "url": .string("about:blank"), "browserContextId": .string(context),
        "newWindow": .bool(true), "width": .number(Double(Browser.width)),
        "height": .number(Double(Browser.height)),
      ])["targetId"]?.string
    guard let target else { throw BrowserError(message: "no tab") }
    let session = try await pipe.send(
      "Target.attachToTarget", ["targetId": .string(target), "flatten": .bool(true)])["sessionId"]?
      .string
    guard let session else { throw BrowserError(message: "no session") }
    return try await Browser(pipe: pipe, context: context, target: target, session: session)
  }

  func stop() async {
    _ = try? await pipe.send("Browser.close", within: .seconds(10))
    // Its helpers write into the folder until they have closed its standard error.
    if (try? await process.outcome(within: .seconds(10))) == nil {
      _ = try? await process.terminate()
    }
    pipe.shutDown()
  }
}
