// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Configuration
import Foundation
import SystemPackage

/// Settings by name, from the environment and then from `.env` in the working directory.
///
/// A setting may come from a file instead, as `NAME_FILE`; the end of its last line does not count.
struct Settings: Sendable {
  /// A setting that stops the start. Names it and never prints its value.
  struct Failure: Error, CustomStringConvertible {
    let name: String
    let problem: String

    var description: String { "\(name): \(problem)" }
  }

  /// Longer values, and longer files, are refused, in bytes.
  private static let limit = 65_536

  private let reader: ConfigReader

  init(environment: [String: String], file: String = ".env") async throws(Failure) {
    do {
      reader = ConfigReader(providers: [
        EnvironmentVariablesProvider(environmentVariables: environment),
        try await EnvironmentVariablesProvider(
          environmentFilePath: FilePath(file), allowMissing: true),
      ])
    } catch {
      throw Failure(name: file, problem: "cannot be read")
    }
  }

  /// The value of a setting; nil when it is absent or empty.
  func value(_ name: String) throws(Failure) -> String? {
    let plain = lookUp(name)
    guard let path = lookUp(name + "_FILE") else { return plain }
    guard plain == nil else {
      throw Failure(name: name, problem: "is set, and \(name)_FILE too")
    }
    guard let data = FileManager.default.contents(atPath: path), data.count <= Self.limit,
      let text = String(data: data, encoding: .utf8)
    else { throw Failure(name: name + "_FILE", problem: "does not name a file that can be read") }
    let value = text.hasSuffix("\n") ? String(text.dropLast()) : text
    guard !value.isEmpty else {
      throw Failure(name: name + "_FILE", problem: "names an empty file")
    }
    return value
  }

  /// The value of a setting that has no default.
  func required(_ name: String) throws(Failure) -> String {
    guard let value = try value(name) else { throw Failure(name: name, problem: "is missing") }
    return value
  }

  private func lookUp(_ name: String) -> String? {
    let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
    let value = reader.string(forKey: key, isSecret: true)
    return value?.isEmpty == true ? nil : value
  }
}
