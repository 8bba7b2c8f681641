// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Synchronization

/// Temporary links: unguessable, good for four hours of the clock, then 410; no token needed.
final class TemporaryLinks: Sendable {
  static let lifetimeSeconds = 14_400.0

  private let key = SymmetricKey(size: .bits256)
  private let clock: SettableClock
  private let accounts: Accounts
  private let origin = Mutex("")

  init(clock: SettableClock, accounts: Accounts) {
    self.clock = clock
    self.accounts = accounts
  }

  /// Set once the link host listens.
  func setOrigin(_ text: String) { origin.withLock { $0 = text } }

  func link(to entry: Entry, of person: Person) -> String {
    let expiry = Int(clock.now + TemporaryLinks.lifetimeSeconds)
    let payload = Data("\(expiry) \(person.id) \(entry.id)".utf8)
    let code = HMAC<SHA256>.authenticationCode(for: payload, using: key)
    let token = RandomText.base64URL(payload) + "." + RandomText.base64URL(code)
    return origin.withLock { $0 } + "/cd/0/get/\(token)/file"
  }

  /// Answers a request for a link: the file, 410 after its time, 404 for what never was one.
  func answer(_ call: Call) async -> Answer {
    guard call.method == "GET" || call.method == "HEAD" else {
      var answer = Answer.text(405, "Method Not Allowed")
      answer.set("Allow", "GET, HEAD")
      return answer
    }
    guard let link = opened(call) else { return .text(404, "Not Found") }
    guard Double(link.expiry) > clock.now else { return .text(410, "Gone") }
    let folder = accounts[personID: link.personID]?.api.folder
    let entry = await OffPool.disk { folder?.entry(at: link.entryID) }
    guard let entry, !entry.isFolder else {
      return .text(404, "Not Found")
    }
    var answer = FileContent.answer(
      for: entry, range: call.field("Range"), type: TemporaryLinks.type(of: entry))
    answer.set("X-Content-Type-Options", "nosniff")
    return answer
  }

  /// The account whose file a link leads to; `nil` for what never was a link.
  func account(of call: Call) -> StandIn.Account? {
    opened(call).flatMap { accounts[personID: $0.personID] }
  }

  private func opened(_ call: Call) -> (expiry: Int, personID: String, entryID: String)? {
    let parts = call.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[1...3] == ["cd", "0", "get"], parts[5] == "file" else {
      return nil
    }
    let halves = parts[4].split(separator: ".")
    guard halves.count == 2, let payload = RandomText.bytes(base64URL: String(halves[0])),
      let code = RandomText.bytes(base64URL: String(halves[1])),
      HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: payload, using: key)
    else { return nil }
    let words = String(decoding: payload, as: UTF8.self).split(separator: " ")
    guard words.count == 3, let expiry = Int(words[0]) else { return nil }
    return (expiry, String(words[1]), String(words[2]))
  }

  private static func type(of entry: Entry) -> String {
    switch entry.fileExtension {
    case "jpg", "jpeg": "image/jpeg"
    case "png": "image/png"
    case "gif": "image/gif"
    case "webp": "image/webp"
    case "bmp": "image/bmp"
    case "tif", "tiff": "image/tiff"
    case "heic": "image/heic"
    case "heif": "image/heif"
    case "svg": "image/svg+xml"
    case "txt": "text/plain; charset=utf-8"
    default: "application/octet-stream"
    }
  }
}
