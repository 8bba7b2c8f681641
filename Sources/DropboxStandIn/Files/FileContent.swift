// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The bytes of a file as an answer, whole or one range of them (RFC 9110, 14).
enum FileContent {
  static func answer(for entry: Entry, range: String?, type: String) -> Answer {
    let size = entry.sizeBytes
    var bounds = 0..<size
    var status = 200
    switch ByteRange(range, size: size) {
    case .whole: break
    case .part(let part):
      bounds = part
      status = 206
    case .unsatisfiable:
      var answer = Answer.text(416, "Range not satisfiable")
      answer.set("Content-Range", "bytes */\(size)")
      return answer
    }
    var answer = Answer(status, type: type, body: Data())
    switch entry.content {
    case .folder: break
    case .generated: answer.body = .bytes(GeneratedPicture.shared.data[bounds])
    case .file(let path), .sample(let path):
      if !bounds.isEmpty { answer.body = .file(path: path, range: bounds) }
    }
    if status == 206 {
      answer.set("Content-Range", "bytes \(bounds.lowerBound)-\(bounds.upperBound - 1)/\(size)")
    }
    answer.set("Accept-Ranges", "bytes")
    answer.set("Cache-Control", "no-cache")
    return answer
  }
}

/// What a `Range` header means for a representation of so many bytes.
enum ByteRange: Equatable {
  /// No range, or one to ignore: another unit, several ranges, nonsense.
  case whole
  case part(Range<Int>)
  case unsatisfiable

  init(_ field: String?, size: Int) {
    guard let field, field.lowercased().hasPrefix("bytes=") else {
      self = .whole
      return
    }
    let parts = field.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts.first, let last = parts.last,
      (first + last).allSatisfy({ $0.isASCII && $0.isNumber }), !(first.isEmpty && last.isEmpty)
    else {
      self = .whole
      return
    }
    let from: Int
    var to = size - 1
    if first.isEmpty {
      let length = Int(last) ?? .max
      from = length == 0 ? size : max(0, size - length)
    } else {
      from = Int(first) ?? .max
      if !last.isEmpty {
        let end = Int(last) ?? .max
        guard end >= from else {
          self = .whole
          return
        }
        to = min(end, to)
      }
    }
    self = from < size && from <= to ? .part(from..<to + 1) : .unsatisfiable
  }
}
