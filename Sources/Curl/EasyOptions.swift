// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

package import CCurl

/// Sets options of an easy handle, and remembers the first that libcurl did not take.
///
/// - Source: curl_easy_setopt(3).
@safe package struct EasyOptions {
  private let easy: UnsafeMutableRawPointer
  /// `CURLE_OK` as long as every option was taken.
  package private(set) var failure = CURLE_OK

  /// - Parameter easy: has to live for as long as options are set.
  @unsafe package init(_ easy: UnsafeMutableRawPointer) {
    unsafe self.easy = unsafe easy
  }

  package mutating func set(_ option: CURLoption, _ value: Int) {
    note(unsafe curl_easy_set_long(easy, option, value))
  }

  package mutating func set(_ option: CURLoption, _ value: String?) {
    note(unsafe curl_easy_set_string(easy, option, value))
  }

  /// libcurl makes a copy.
  package mutating func set(_ option: CURLoption, bytes text: String) {
    var bytes = Array(text.utf8)
    let count = bytes.count
    note(unsafe curl_easy_set_blob(easy, option, &bytes, count))
  }

  package mutating func note(_ code: CURLcode) {
    if failure == CURLE_OK { failure = code }
  }
}
