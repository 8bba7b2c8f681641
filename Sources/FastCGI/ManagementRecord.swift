// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Records of the connection itself, with request id 0. No web server known to us sends them.
///
/// - Source: FastCGI specification 1.0, section 4.
enum ManagementRecord {
  /// Bytes; a longer record is refused.
  static let limit = 512

  /// The record that answers a management record.
  ///
  /// - Parameter requestsAtOnce: how many requests, and so connections, are served at once.
  static func answer(kind: UInt8, content: [UInt8], requestsAtOnce: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    guard kind == RecordKind.getValues.rawValue else {
      RecordHeader(kind: .unknownType, requestID: 0, contentLength: 8).append(to: &bytes)
      return bytes + [kind, 0, 0, 0, 0, 0, 0, 0]
    }
    let values = values(for: names(in: content), requestsAtOnce: requestsAtOnce)
    RecordHeader(kind: .getValuesResult, requestID: 0, contentLength: UInt16(values.count))
      .append(to: &bytes)
    return bytes + values
  }

  /// Each name that is known, once, with its value.
  private static func values(for names: Set<String>, requestsAtOnce: Int) -> [UInt8] {
    let known = [
      ("FCGI_MAX_CONNS", String(requestsAtOnce)), ("FCGI_MAX_REQS", String(requestsAtOnce)),
      ("FCGI_MPXS_CONNS", "0"),
    ]
    return known.filter { names.contains($0.0) }.flatMap { name, value in
      [UInt8(name.utf8.count), UInt8(value.utf8.count)] + Array(name.utf8) + Array(value.utf8)
    }
  }

  /// Names with lengths of one byte; the known ones are short.
  private static func names(in content: [UInt8]) -> Set<String> {
    var names: Set<String> = []
    var rest = content[...]
    while rest.count >= 2 {
      let nameLength = rest.removeFirst()
      let valueLength = rest.removeFirst()
      guard nameLength < 0x80, valueLength < 0x80 else { break }
      names.insert(String(decoding: rest.prefix(Int(nameLength)), as: UTF8.self))
      rest = rest.dropFirst(Int(nameLength) + Int(valueLength))
    }
    return names
  }
}
