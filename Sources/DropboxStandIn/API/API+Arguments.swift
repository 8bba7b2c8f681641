// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// How arguments travel: in the body, in a header, or not at all.
extension API {
  private static let jsonTypes = [
    "application/json", "application/json; charset=utf-8", "text/plain; charset=dropbox-cors-hack",
  ]
  private static let body = "request body"

  private func checkJSONType(_ call: Call) throws(Refusal) {
    let type = call.field("Content-Type") ?? ""
    guard API.jsonTypes.contains(type.lowercased()) else {
      let list = API.jsonTypes.map { "\"\($0)\"" }.joined(separator: ", ")
      throw .badRequest(
        "Bad HTTP \"Content-Type\" header: \"\(type)\".  Expecting one of \(list).")
    }
  }

  private func json(_ call: Call) throws(Refusal) -> JSON {
    do throws(JSONError) {
      return try JSON(parsing: call.body)
    } catch {
      throw .badRequest("\(API.body): could not decode input as JSON")
    }
  }

  /// No body and no type, or `null` as JSON.
  func checkVoid(_ call: Call) throws(Refusal) {
    if call.body.isEmpty, (call.field("Content-Type") ?? "").isEmpty { return }
    try checkJSONType(call)
    guard try json(call) == .null else {
      throw .badRequest("\(API.body): expected null, got value")
    }
  }

  func rpcArguments(_ call: Call) throws(Refusal) -> Arguments {
    guard call.field("Dropbox-API-Arg") == nil else {
      throw .badRequest(
        "HTTP header \"Dropbox-API-Arg\": this function takes its argument in the body")
    }
    try checkJSONType(call)
    return try Arguments(try json(call), in: API.body)
  }

  func downloadArguments(_ call: Call) throws(Refusal) -> Arguments {
    if let type = call.field("Content-Type"), !type.isEmpty {
      throw .badRequest(
        "You provided a non-empty HTTP \"Content-Type\" header (\"\(type)\").  "
          + "This API function requires that the header be missing or empty.")
    }
    guard call.body.isEmpty else {
      throw .badRequest("\(API.body): expected an empty body")
    }
    let place: String
    let text: String
    switch (call.field("Dropbox-API-Arg"), call.query["arg"]) {
    case (let field?, nil): (place, text) = ("HTTP header \"Dropbox-API-Arg\"", field)
    case (nil, let parameter?): (place, text) = ("URL parameter \"arg\"", parameter)
    case (nil, nil):
      throw .badRequest("Must provide HTTP header \"Dropbox-API-Arg\" or URL parameter \"arg\".")
    default:
      throw .badRequest(
        "Both HTTP header \"Dropbox-API-Arg\" and URL parameter \"arg\" were given.")
    }
    if call.query["arg"] == nil, !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
      throw .badRequest("\(place): could not decode input as JSON")
    }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: text.utf8)
    } catch {
      throw .badRequest("\(place): could not decode input as JSON")
    }
    return try Arguments(json, in: place)
  }

  /// Which forms of a path a route takes, as a pattern of the specification.
  enum PathPattern: String {
    case folder = #"(/(.|[\r\n])*)?|id:.*|(ns:[0-9]+(/.*)?)"#
    case file = #"(/(.|[\r\n])*|id:.*)|(rev:[0-9a-f]{9,})|(ns:[0-9]+(/.*)?)"#

    func matches(_ path: String) -> Bool {
      if path.pathParts != nil || path.hasPrefix("id:") || path.hasPrefix("ns:") { return true }
      switch self {
      case .folder: return path.isEmpty
      case .file:
        return path.hasPrefix("rev:") && path.utf8.count >= 13
          && path.dropFirst(4).allSatisfy { $0.isHexDigit && !$0.isUppercase }
      }
    }
  }

  func check(_ path: String, _ pattern: PathPattern, in place: String) throws(Refusal) {
    if path == "/" {
      throw .badRequest(
        "\(place): path: Specify the root folder as an empty string rather than as \"/\".")
    }
    guard pattern.matches(path) else {
      throw .badRequest("\(place): path: '\(path)' did not match pattern '\(pattern.rawValue)'")
    }
    if path.hasSuffix("/") || path.hasSuffix(" ") || path.contains("//") {
      throw .endpoint(["path", "malformed_path"])
    }
  }

  /// The file at a path.
  func file(at path: String) async throws(Refusal) -> Entry {
    let folder = folder
    guard let entry = await OffPool.disk({ folder.entry(at: path) }) else { throw .pathNotFound }
    guard !entry.isFolder else { throw .endpoint(["path", "not_file"]) }
    return entry
  }

  /// The FileMetadata of results that are always files.
  func fileMetadata(_ entry: Entry) async -> JSON {
    entry.metadata(hash: await hash(of: entry), isTagged: false)
  }

  func hash(of entry: Entry) async -> String? {
    let folder = folder
    return await OffPool.disk { folder.hash(of: entry) }
  }
}
