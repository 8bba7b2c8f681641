// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
  /// The parts between the occurrences of an ASCII character.
  ///
  /// `split(separator:)` with a `Character` does not find a separator before a combining character, because the two
  /// are one `Character`. A web server looks at bytes, so the syntax of HTTP has to be split as bytes.
  func split(
    ascii separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [Substring] {
    Substring(self).utf8.split(
      separator: UInt8(ascii: separator), maxSplits: maxSplits,
      omittingEmptySubsequences: omittingEmptySubsequences
    ).map { Substring($0) }
  }
}
