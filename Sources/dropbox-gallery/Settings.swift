// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Configuration
import Crypto
import FoundationEssentials
import HTTP
import Synchronization

/// Settings by name, from the environment and then from a file, `.env` in the working directory unless another is named.
///
/// A setting may come from a file of its own instead, as `NAME_FILE` or as systemd's credential `NAME`; the end of its
/// last line does not count. What comes from two of these places is refused: nobody can know which was meant.
final class Settings: Sendable {
  /// A setting that stops the start. Names it and never prints its value.
  struct Failure: Error, CustomStringConvertible {
    let name: String
    let problem: String

    var description: String { "\(name): \(problem)" }
  }

  /// Longer values, and longer files, are refused, in bytes.
  private static let limit = 1_048_576

  private let reader: ConfigReader
  /// Where systemd puts what `LoadCredential=` and `SetCredential=` name.
  private let credentials: String?
  private let asked = Mutex<[String: String?]>([:])

  /// - Parameter file: of settings; nil for `.env`, which may be missing.
  /// - Source: systemd.exec(5), "Credentials".
  init(environment: [String: String], file: String? = nil) throws(Failure) {
    reader = ConfigReader(providers: [
      EnvironmentVariablesProvider(environmentVariables: environment),
      EnvironmentVariablesProvider(
        environmentVariables: try Self.values(of: file)),
    ])
    credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The settings of the file alone.
  static func values(of file: String?) throws(Failure) -> [String: String] {
    try SettingsFile.values(in: file ?? ".env", isRequired: file != nil)
  }

  /// The value of a setting; nil when it is absent or empty.
  func value(_ name: String) throws(Failure) -> String? {
    let value = try find(name)
    asked.withLock { $0[name] = value }
    return value
  }

  /// The value of a setting that has no default.
  func required(_ name: String) throws(Failure) -> String {
    guard let value = try value(name) else { throw Failure(name: name, problem: "is missing") }
    return value
  }

  /// The names of settings that were asked for both times and are not what they were.
  func changes(since former: Settings) -> [String] {
    let before = former.asked.withLock { $0 }
    return asked.withLock { now in
      now.compactMap { name, value in before[name] == .some(value) ? nil : name }.sorted()
    }
  }

  /// The same for processes with the same settings, of those that were asked for, and the same words; tells nothing of them.
  ///
  /// - Returns: 32 hexadecimal digits.
  func fingerprint(with words: String...) -> String {
    let values = asked.withLock { $0 }.sorted { $0.key < $1.key }.flatMap {
      [$0.key, $0.value ?? ""]
    }
    var hash = SHA256()
    for text in words + values { hash.update(data: Array("\(text.utf8.count):\(text)".utf8)) }
    return Hexadecimal.encode(hash.finalize().prefix(16))
  }

  private func find(_ name: String) throws(Failure) -> String? {
    let plain = lookUp(name)
    let path = lookUp(name + "_FILE")
    let credential = credentials.map { $0 + "/" + name }
      .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
    guard plain == nil || path == nil else {
      throw Failure(name: name, problem: "is set, and \(name)_FILE too")
    }
    if let credential {
      guard plain == nil, path == nil else {
        throw Failure(name: name, problem: "is set, and a credential of systemd's too")
      }
      return try text(of: credential, as: name)
    }
    guard let path else { return plain }
    return try text(of: path, as: name + "_FILE")
  }

  private func text(of path: String, as name: String) throws(Failure) -> String {
    guard let text = BoundedFile.text(path, limit: Self.limit) else {
      throw Failure(name: name, problem: "does not name a file of at most 1 MiB that can be read")
    }
    let value = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard !value.isEmpty else { throw Failure(name: name, problem: "names an empty file") }
    return value
  }

  private func lookUp(_ name: String) -> String? {
    let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
    let value = reader.string(forKey: key, isSecret: true)
    return value?.isEmpty == true ? nil : value
  }
}
