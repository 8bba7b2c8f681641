// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Takes choices from the beginning of an input, so that a fuzzer can vary them as well.
struct FuzzInput {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next byte; 0 at the end of the input.
  mutating func byte() -> UInt8 {
    rest.popFirst() ?? 0
  }

  /// The rest as text, with malformed UTF-8 replaced.
  var text: String { String(decoding: rest, as: UTF8.self) }

  /// The rest in pieces of 1 to 256 bytes.
  func pieces(of size: UInt8) -> [[UInt8]] {
    let size = Int(size) + 1
    return stride(from: rest.startIndex, to: rest.endIndex, by: size).map {
      Array(rest[$0..<min($0 + size, rest.endIndex)])
    }
  }
}
