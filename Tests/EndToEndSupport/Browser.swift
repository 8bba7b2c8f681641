// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One tab in a browser context of its own, as a person's own browser: its cookies, cache and storage are nobody else's.
///
/// Each command first waits until a navigation that the command before began has ended, as WebDriver has it.
///
/// - Source: Chrome DevTools Protocol.
final class Browser: Sendable {
  /// CSS pixels of a new window.
  static let width = 1280
  static let height = 800

  private let pipe: DevToolsPipe
  private let context: String
  private let session: String
  private let events: TabEvents

  init(pipe: DevToolsPipe, context: String, target: String, session: String) async throws {
    self.pipe = pipe
    self.context = context
    self.session = session
    events = TabEvents(frame: target)
    pipe.listen(to: session) { [events] in events.handle($0, $1) }
    for domain in ["Page", "Runtime", "Log"] { try await devTools(domain + ".enable") }
    try await devTools("Page.setLifecycleEventsEnabled", ["enabled": .bool(true)])
    try await emulateFocus(true)
  }

  /// Makes the tab act as if it had the focus, which one tab has of those that tests have open. Chromium does not change the
  /// window for a full screen meanwhile.
  func emulateFocus(_ isEmulated: Bool) async throws {
    try await devTools("Emulation.setFocusEmulationEnabled", ["enabled": .bool(isEmulated)])
  }

  /// Opens a page, and waits until it has loaded.
  func open(_ url: String) async throws {
    await untilLoaded()
    let answer = try await devTools("Page.navigate", ["url": .string(url)])
    if let error = answer["errorText"]?.string {
      throw BrowserError(message: "\(url): \(error)")
    }
    guard let loader = answer["loaderId"]?.string else { return }
    guard await events.wait(within: .seconds(30), { $0.loaded.contains(loader) }) else {
      throw BrowserError(message: "\(url) did not load")
    }
    await untilLoaded()
  }

  /// Runs the body of a function in the page; a promise it returns is waited for.
  @discardableResult
  func run(_ body: String, _ arguments: JSONValue...) async throws -> JSONValue {
    await untilLoaded()
    let list = String(decoding: try JSONEncoder().encode(arguments), as: UTF8.self)
    return try await evaluate("(function () {\n\(body)\n}).apply(null, \(list))")
  }

  /// The value of an expression, also where the page may run no script. A promise is waited for.
  @discardableResult
  func evaluate(
    _ expression: String, within limit: Duration = .seconds(60)
  ) async throws -> JSONValue {
    let answer = try await pipe.send(
      "Runtime.evaluate",
      [
        "expression": .string(expression), "returnByValue": .bool(true),
        "awaitPromise": .bool(true),
      ], to: session, within: limit)
    if let details = answer["exceptionDetails"] {
      let text = details["exception"]?["description"]?.string ?? details["text"]?.string
      throw BrowserError(message: text ?? "\(details)")
    }
    return answer["result"]?["value"] ?? .null
  }

  /// Waits at most 25 s until an expression is true in the page, looking again at each frame, and in the next page when
  /// the tab goes there.
  func until(_ expression: String) async throws {
    let end = ContinuousClock.now + .seconds(25)
    while true {
      let rest = max(0, (end - ContinuousClock.now) / .milliseconds(1))
      do {
        try await run(
          """
          const end = performance.now() + arguments[1];
          return new Promise((resolve, reject) => {
            const look = () => {
              if (\(expression)) { resolve(true); }
              else if (performance.now() > end) { reject(new Error(arguments[0])); }
              else { requestAnimationFrame(look); }
            };
            look();
          });
          """, .string("never: " + expression), .number(rest))
        return
      } catch let error as BrowserError {
        let hasLeft = ["navigated", "destroyed", "collected", "Cannot find context"]
          .contains { error.message.contains($0) }
        guard hasLeft, ContinuousClock.now < end else { throw error }
      }
    }
  }

  /// A command of the DevTools protocol, sent at once.
  @discardableResult
  func devTools(
    _ name: String, _ parameters: DevToolsPipe.Parameters = [:]
  ) async throws -> JSONValue {
    try await pipe.send(name, parameters, to: session)
  }

  /// Runs a script in each page that is opened next, before its own.
  func runFirst(_ script: String) async throws {
    try await devTools("Page.addScriptToEvaluateOnNewDocument", ["source": .string(script)])
  }

  /// The page as it is in the window, as PNG.
  func screenshot() async throws -> Data {
    await untilLoaded()
    guard let text = try await devTools("Page.captureScreenshot")["data"]?.string,
      let picture = Data(base64Encoded: text)
    else { throw BrowserError(message: "no screenshot") }
    return picture
  }

  /// What the console has said since the last call, each with its level: `SEVERE: `, `WARNING: ` or `INFO: `.
  func console() async throws -> [String] {
    // An answer comes behind the events before it.
    try await evaluate("0")
    return events.takeConsole()
  }

  /// Waits at most 10 s until no page is on its way.
  func untilLoaded() async {
    _ = await events.wait(within: .seconds(10)) { !$0.isLoading }
  }

  /// Closes the tab, and forgets its cookies and its cache.
  func stop() async {
    pipe.listen(to: session, nil)
    _ = try? await pipe.send(
      "Target.disposeBrowserContext", ["browserContextId": .string(context)])
  }
}
