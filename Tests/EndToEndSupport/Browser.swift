// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport

/// A headless Chromium, driven over WebDriver.
///
/// - Source: W3C WebDriver; the `goog:` capabilities of ChromeDriver.
final class Browser: Sendable {
  private let http: HTTPClient
  private let driver: ChildProcess
  private let session: String

  private init(http: HTTPClient, driver: ChildProcess, session: String) {
    self.http = http
    self.driver = driver
    self.session = session
  }

  /// - Parameter certificate: trusted, though it signs itself; of one that is not, Chromium would keep nothing.
  static func start(
    _ http: HTTPClient, trusting certificate: Certificate? = nil, width: Int = 1280,
    height: Int = 800
  ) async throws -> Browser {
    let trust = try await certificate?.keyHash()
    let port = try FreePort.find()
    let driver = try await ChildProcess.start("chromedriver", ["--port=\(port)"])
    _ = try await driver.line(containing: "started successfully")
    let origin = "http://127.0.0.1:\(port)"
    let options: JSONValue = .object([
      "args": .array(
        [
          "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
          "--window-size=\(width),\(height)", "--no-first-run", "--no-proxy-server",
          "--ignore-certificate-errors-spki-list=\(trust ?? "")",
        ].map(JSONValue.string))
    ])
    let capabilities: JSONValue = .object([
      "capabilities": .object([
        "alwaysMatch": .object([
          "goog:chromeOptions": options, "goog:loggingPrefs": .object(["browser": .string("ALL")]),
        ])
      ])
    ])
    let value = try await post(http, origin + "/session", capabilities)
    guard let id = value["sessionId"]?.string else { throw BrowserError(message: "no session") }
    return Browser(http: http, driver: driver, session: origin + "/session/\(id)")
  }

  func open(_ url: String) async throws {
    _ = try await command("/url", ["url": .string(url)])
  }

  /// Runs the body of a function in the page; a promise it returns is waited for.
  @discardableResult
  func run(_ body: String, _ arguments: JSONValue...) async throws -> JSONValue {
    try await command(
      "/execute/sync", ["script": .string(body), "args": .array(arguments)])
  }

  /// Waits until an expression is true in the page, looking again at each frame. At most 25 s: ChromeDriver ends a script after 30.
  func until(_ expression: String) async throws {
    try await run(
      """
      return new Promise((resolve, reject) => {
        const end = performance.now() + 25000;
        const look = () => {
          if (\(expression)) { resolve(true); }
          else if (performance.now() > end) { reject(new Error(arguments[0])); }
          else { requestAnimationFrame(look); }
        };
        look();
      });
      """, .string("never: " + expression))
  }

  func click(_ selector: String) async throws {
    let found = try await command(
      "/element", ["using": .string("css selector"), "value": .string(selector)])
    guard case .object(let names) = found, let element = names.values.first?.string else {
      throw BrowserError(message: "no element \(selector)")
    }
    _ = try await command("/element/\(element)/click", [:])
  }

  /// Special keys by their code points.
  ///
  /// - Source: W3C WebDriver, section 17.4.2.
  enum Key {
    static let tab = "\u{E004}"
    static let escape = "\u{E00C}"
    static let enter = "\u{E007}"
    static let control = "\u{E009}"
    static let end = "\u{E010}"
    static let home = "\u{E011}"
    static let left = "\u{E012}"
    static let up = "\u{E013}"
    static let right = "\u{E014}"
    static let down = "\u{E015}"
  }

  /// Presses a key, with others held down.
  func press(_ key: String, holding held: String...) async throws {
    let keys = held + [key]
    let strokes = keys.map { ("keyDown", $0) } + keys.reversed().map { ("keyUp", $0) }
    let actions: [JSONValue] = strokes.map {
      .object(["type": .string($0), "value": .string($1)])
    }
    _ = try await command(
      "/actions",
      [
        "actions": .array([
          .object([
            "type": .string("key"), "id": .string("keyboard"), "actions": .array(actions),
          ])
        ])
      ])
  }

  /// A command of the DevTools protocol.
  @discardableResult
  func devTools(_ name: String, _ parameters: [String: JSONValue]) async throws -> JSONValue {
    try await command(
      "/goog/cdp/execute", ["cmd": .string(name), "params": .object(parameters)])
  }

  /// The page as it is in the window, as PNG.
  func screenshot() async throws -> Data {
    guard let text = try await devTools("Page.captureScreenshot", [:])["data"]?.string,
      let picture = Data(base64Encoded: text)
    else { throw BrowserError(message: "no screenshot") }
    return picture
  }

  /// What the console has said since the last call, with its level.
  func console() async throws -> [String] {
    try await command("/se/log", ["type": .string("browser")]).array.map {
      "\($0["level"]?.string ?? ""): \($0["message"]?.string ?? "")"
    }
  }

  func stop() async {
    let request = OutgoingRequest(
      method: .delete, url: session, fields: [:], body: [], limit: .seconds(10),
      answerLimit: 1 << 20)
    _ = try? await http.send(request)
    _ = try? await driver.terminate()
  }

  private func command(
    _ path: String, _ body: [String: JSONValue]
  ) async throws -> JSONValue {
    try await Self.post(http, session + path, .object(body))
  }

  private static func post(
    _ http: HTTPClient, _ url: String, _ body: JSONValue
  ) async throws -> JSONValue {
    let answer = try await http.send(
      OutgoingRequest(
        method: .post, url: url, fields: [.contentType: "application/json"],
        body: Array(try JSONEncoder().encode(body)), limit: .seconds(60), answerLimit: 64 << 20))
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))["value"]
    guard answer.status == .ok else {
      throw BrowserError(message: value?["message"]?.string ?? "status \(answer.status.code)")
    }
    return value ?? .null
  }
}

/// What ChromeDriver refused, in its words.
struct BrowserError: Error {
  let message: String
}
